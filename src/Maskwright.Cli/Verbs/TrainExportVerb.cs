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
        var sources = new Argument<string[]>("RUN") { Description = "The run's folder, or a checkpoint; of several that went on from one another, the mean is written.", Arity = ArgumentArity.OneOrMore };
        var output = new Option<string>("--output") { Description = "The safetensors file to write.", HelpName = "FILE", DefaultValueFactory = _ => "weights.safetensors" };
        var best = new Option<bool>("--best") { Description = "The best checkpoint by validation; it is taken anyway where there is one." };
        var latest = new Option<bool>("--latest") { Description = "The latest checkpoint, although there is a best one." };
        var last = new Option<bool>("--last") { Description = "The last weights rather than their average over the latest steps." };
        var full = new Option<bool>("--float32") { Description = "Write all 32 bits of every number rather than 16." };
        var command = new Command("export", "Writes the weights of a training run to a safetensors file.") { sources, output, best, latest, last, full };
        command.SetAction(parsed =>
        {
            string[] checkpoints = [.. parsed.GetRequiredValue(sources).Select(path => Choose(path, parsed.GetValue(best), parsed.GetValue(latest)))];
            var checkpoint = checkpoints[^1];
            using var weights = Read(checkpoints, isAveraged: !parsed.GetValue(last));
            var target = parsed.GetRequiredValue(output);
            var metadata = Checkpoint.DescriptionOf(checkpoint).Where(entry => !entry.Key.StartsWith("validation.", StringComparison.Ordinal)).ToDictionary();
            metadata.Remove("step", out var steps);
            metadata["steps"] = steps!; // every checkpoint says it
            if (checkpoints.Length > 1)
            {
                metadata["mean_of"] = string.Join(", ", checkpoints.Select(path => $"{RunOf(path)} (step {Checkpoint.StepsOf(path)})"));
            }

            if (!SeedlingWeights.Recognises(weights) && !parsed.GetValue(full))
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
                SeedlingWeights.Save(target, weights, SeedlingWeights.ConfigOf(weights), metadata);
            }

            var origin = checkpoints.Length == 1 ? checkpoint : $"the mean of {string.Join(", ", checkpoints)}";
            surroundings.Error.WriteLine($"{target}: {weights.Count} tensors of step {steps}, from {origin}");
            return (int)ExitCode.Ok;
        });
        help.Describe(command, "maskwright train export RUN... [--output FILE] [--best | --latest]", ["maskwright train export runs/mine --output mine.safetensors", "maskwright train export runs/first runs/second --output mean.safetensors"]);
        return command;
    }

    private static WeightFile Read(string[] checkpoints, bool isAveraged)
    {
        if (checkpoints.Length == 1)
        {
            return Read(checkpoints[0], isAveraged);
        }

        var files = new List<WeightFile>();
        try
        {
            files.AddRange(checkpoints.Select(checkpoint => Read(checkpoint, isAveraged)));
            return WeightMean.Of(files);
        }
        finally
        {
            files.ForEach(file => file.Dispose());
        }
    }

    private static WeightFile Read(string checkpoint, bool isAveraged)
    {
        var weights = Checkpoint.ReadWeights(checkpoint, isAveraged);
        if (!SeedlingWeights.Recognises(weights))
        {
            return weights;
        }

        using (weights)
        {
            return SeedlingWeights.WithoutTrainingHeads(weights);
        }
    }

    // The folder's name, which people gave it; not where it lies.
    private static string RunOf(string checkpoint) => Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(checkpoint)))!;

    private static string Choose(string path, bool wantsBest, bool wantsLatest)
    {
        if (wantsBest && wantsLatest)
        {
            throw new ToolException(ExitCode.Usage, "--best and --latest exclude each other");
        }

        if (!Directory.Exists(path))
        {
            return !wantsBest && !wantsLatest ? path : throw new ToolException(ExitCode.Usage, $"{path}: --best and --latest choose from a run's folder, and this is none");
        }

        var best = Checkpoint.BestIn(path);
        return wantsLatest || (!wantsBest && !File.Exists(best)) ? Checkpoint.PathIn(path)
            : File.Exists(best) ? best
            : throw new ToolException(ExitCode.Usage, $"{path}: there is no best checkpoint; the run was not judged (validation in the recipe)");
    }
}
