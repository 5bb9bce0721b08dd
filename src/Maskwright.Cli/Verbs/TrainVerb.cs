using System.CommandLine;
using Maskwright.Cli.Models;
using Maskwright.Cli.Training;
using Maskwright.Segmentation;
using Maskwright.Training.Data;
using Maskwright.Training.Recipes;
using Maskwright.Training.Running;

namespace Maskwright.Cli.Verbs;

/// <summary><c>maskwright train</c>: teaches a network by a recipe.</summary>
internal static class TrainVerb
{
    private static readonly string[] s_examples =
    [
        "maskwright train --recipe recipes/seedling-finetune.yaml --data photos --output runs/mine",
        "maskwright train --recipe recipes/seedling.yaml --data masks --output runs/seedling",
        "maskwright train --recipe recipes/unet-street.yaml --data masks --output runs/street",
        "maskwright train --recipe recipes/mask-rcnn-nuclei.yaml --data masks --output runs/nuclei",
        "maskwright train --recipe runs/seedling/recipe.yaml --data masks --output runs/seedling --resume",
        "maskwright train --recipe recipes/seedling.yaml --data masks --set steps=1000 --set optimiser.learningRate=0.0005",
        "maskwright train --recipe recipes/seedling.yaml --data masks --device cuda --set loaders=12 --set batchSize=32",
        "maskwright train report runs/mine",
        "maskwright train export runs/mine --output mine.safetensors",
    ];

    public static Command Create(Surroundings surroundings, HelpWriter help)
    {
        var recipe = new Option<string>("--recipe") { Description = "The YAML file that says how to learn.", HelpName = "FILE" };
        var data = new Option<string>("--data") { Description = "The folder of photos and masks.", HelpName = "FOLDER", DefaultValueFactory = _ => "." };
        var output = new Option<string>("--output") { Description = "The folder for checkpoints and the log.", HelpName = "FOLDER", DefaultValueFactory = _ => "run" };
        var resume = new Option<bool>("--resume") { Description = "Go on where the run in that folder stopped." };
        var otherData = new Option<bool>("--other-data") { Description = "With --resume: go on although the photos or labels are not those that the run began with." };
        var device = new Option<string?>("--device") { Description = "Where it learns: cpu, cuda or cuda:n. A device that is not there is an error, never a silent fallback. [default: the recipe's, cpu]", HelpName = "device" };
        var changes = new Option<string[]>("--set") { Description = "Change a setting of the recipe; may be given several times.", HelpName = "KEY=VALUE" };
        var quiet = new Option<bool>("--quiet", "-q") { Description = "Say nothing but errors; the log is written all the same." };
        var command = new Command("train", "Teaches a network from photos with masks: the promptable model, a network of classes, or Mask R-CNN.\nA run that was stopped can go on.") { recipe, data, output, device, resume, otherData, changes, quiet };
        command.Add(TrainExportVerb.Create(surroundings, help));
        command.Add(TrainReportVerb.Create(surroundings, help));
        command.SetAction((parsed, cancellationToken) => Task.Run(
            () =>
            {
                var path = parsed.GetValue(recipe) ?? throw new ToolException(ExitCode.Usage, "train needs --recipe FILE; recipes/seedling-finetune.yaml is one");
                var plan = RecipeFile.Read(path, parsed.GetValue(changes) ?? []);
                plan = parsed.GetValue(device) is { } place ? plan with { Device = place } : plan;
                var folder = new TrainingFolder(parsed.GetValue(output)!); // it has a default
                Train(surroundings, plan, parsed.GetValue(data)!, folder, parsed.GetValue(resume), parsed.GetValue(otherData), parsed.GetValue(quiet), cancellationToken); // likewise
                return (int)ExitCode.Ok;
            },
            CancellationToken.None));
        help.Describe(command, "maskwright train --recipe FILE [--data FOLDER] [--output FOLDER] [--device DEVICE] [--resume] [--set KEY=VALUE]...", s_examples);
        return command;
    }

    private static void Train(
        Surroundings surroundings, TrainingRecipe recipe, string data, TrainingFolder folder, bool resumes, bool acceptsOtherData, bool isQuiet, CancellationToken cancellationToken)
    {
        ModelSource.RequireDevice(ModelEngine.Torch, recipe.Device);
        var codec = new FileCodec();
        var found = TrainingData.Open(data, recipe, codec);
        folder.Prepare(resumes);
        using var network = TrainingNetwork.Create(recipe, found.ClassNames, Teacher, surroundings.Error);
        using var loop = Loop(network, found, codec);
        if (resumes)
        {
            Resume(loop, folder, acceptsOtherData);
        }

        folder.Keep(recipe);

        IPromptSegmenter Teacher(string name) => surroundings.Models.Load(new ModelRequest(name, "cpu"), surroundings, cancellationToken).Segmenter;
        int Used(IReadOnlyList<TrainingExample> examples) => examples.Count(example => recipe.SetOf(example.Set)?.Weight > 0);
        var judged = found.Validation.Count > 0 ? $", {Used(found.Validation)} to judge on"
            : recipe.Validation.Fraction > 0 ? " (too few to hold any out, so the run is not judged)" : string.Empty;
        surroundings.Error.WriteLine($"{Used(found.Examples)} photos{judged}; step {loop.StepsDone} of {recipe.Steps}; log and checkpoints in {folder.Path}");
        using var reporter = new TrainingReporter(surroundings, folder, recipe, loop.StepsDone, isQuiet);
        loop.Run(folder.Checkpoint, reporter, reporter, cancellationToken);
        reporter.WritePage();
    }

    // What the recipe asks for and the data or the network does not have.
    private static TrainingLoop Loop(TrainingNetwork network, TrainingData data, FileCodec codec)
    {
        try
        {
            return network.Loop(data, codec);
        }
        catch (ArgumentException fault)
        {
            throw new ToolException(ExitCode.Usage, Failure.MessageOf(fault), fault);
        }
    }

    private static void Resume(TrainingLoop loop, TrainingFolder folder, bool acceptsOtherData)
    {
        try
        {
            loop.Resume(folder.Checkpoint, acceptsOtherData);
        }
        catch (OtherDataException fault)
        {
            throw new ToolException(ExitCode.Usage, $"{fault.Message}; add --other-data to go on nevertheless", fault);
        }
    }
}
