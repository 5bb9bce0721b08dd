using System.CommandLine;
using Maskwright.Graphs.Weights;
using Maskwright.Graphs.Weights.Safetensors;
using Maskwright.Networks.Seedling;
using Maskwright.Training.Running;

namespace Maskwright.Cli.Verbs;

/// <summary><c>maskwright train export</c>: the weights of a run as a file that the model is loaded from.</summary>
internal static class TrainExportVerb
{
    public static Command Create(Surroundings surroundings, HelpWriter help)
    {
        var source = new Argument<string>("RUN") { Description = "The run's folder, or a checkpoint." };
        var output = new Option<string>("--output") { Description = "The safetensors file to write.", HelpName = "FILE", DefaultValueFactory = _ => "weights.safetensors" };
        var last = new Option<bool>("--last") { Description = "The last weights rather than their average over the latest steps." };
        var full = new Option<bool>("--float32") { Description = "Write all 32 bits of every number rather than 16." };
        var command = new Command("export", "Writes the weights of a training run to a safetensors file.") { source, output, last, full };
        command.SetAction(parsed =>
        {
            var path = parsed.GetRequiredValue(source);
            var checkpoint = Directory.Exists(path) ? Checkpoint.PathIn(path) : path;
            using var weights = Checkpoint.ReadWeights(checkpoint, isAveraged: !parsed.GetValue(last));
            var target = parsed.GetRequiredValue(output);
            var metadata = new Dictionary<string, string>(Checkpoint.DescriptionOf(checkpoint));
            metadata.Remove("step", out var steps);
            metadata["steps"] = steps!; // every checkpoint says it
            if (metadata.Count > 1 && !parsed.GetValue(full))
            {
                using var halved = HalfPrecision.Of(weights);
                SafetensorsWriter.Write(target, halved.Values, metadata);
            }
            else if (parsed.GetValue(full))
            {
                SafetensorsWriter.Write(target, weights.Values, metadata);
            }
            else
            {
                SeedlingWeights.Save(target, weights, SeedlingConfig.Default, metadata);
            }

            surroundings.Error.WriteLine($"{target}: {weights.Count} tensors");
            return (int)ExitCode.Ok;
        });
        help.Describe(command, "maskwright train export RUN [--output FILE]", ["maskwright train export runs/mine --output mine.safetensors"]);
        return command;
    }
}
