using Maskwright.Graphs.Weights;
using Maskwright.Networks.Backbones;
using Maskwright.Networks.MaskRcnn;
using Maskwright.Networks.Semantic;
using Maskwright.Training.Data;
using Maskwright.Training.Detection;
using Maskwright.Training.Recipes;
using Maskwright.Training.Running;
using Maskwright.Training.Torch;

namespace Maskwright.Cli.Training;

/// <summary>A Mask R-CNN, about to learn.</summary>
internal sealed class MaskRcnnTraining : TrainingNetwork
{
    private readonly TrainingRecipe _recipe;
    private readonly TrainableMaskRcnn _network;

    private MaskRcnnTraining(TrainingRecipe recipe, TrainableMaskRcnn network) => (_recipe, _network) = (recipe, network);

    /// <param name="recipe">How it learns.</param>
    /// <param name="preset">Its sizes, but for those that the recipe changes.</param>
    /// <param name="classNames">Its classes, without background.</param>
    /// <param name="notes">Told what began anew.</param>
    public static MaskRcnnTraining Create(TrainingRecipe recipe, MaskRcnnConfig preset, IReadOnlyList<string> classNames, TextWriter notes)
    {
        if (classNames.Count == 0)
        {
            throw new ToolException(ExitCode.Usage, $"{preset.Name} needs the names of its classes: write classNames: [NAME, ...] in the recipe");
        }

        using var start = recipe.StartFrom is null ? null : Starting.Open(recipe.StartFrom);
        var sizes = start is not null && NetworkMetadata.Instances(start) is { } said && said.Name == preset.Name ? said : preset; // of an earlier build, its sizes may differ
        var config = Over(recipe.Detection, sizes) with { ClassCount = classNames.Count + 1 };
        using var weights = Begin(recipe, config, start, notes);
        return new MaskRcnnTraining(recipe, new TrainableMaskRcnn(config, weights, ["background", .. classNames], new TorchGraphOptions { Device = recipe.Device, Precision = recipe.Precision }));
    }

    public override TrainingLoop Loop(TrainingData data, IImageCodec codec) => new(_network, data.Examples, codec, _recipe, data.Validation);

    public override void Dispose() => _network.Dispose();

    private static MaskRcnnConfig Over(DetectionOptions options, MaskRcnnConfig preset) => preset with
    {
        ShorterSide = options.ShorterSide ?? preset.ShorterSide,
        LongerSide = options.LongerSide ?? preset.LongerSide,
        AnchorSides = options.AnchorSides.Count > 0 ? options.AnchorSides : preset.AnchorSides,
        DetectionsPerImage = options.DetectionsPerImage ?? preset.DetectionsPerImage,
    };

    private static WeightFile Begin(TrainingRecipe recipe, MaskRcnnConfig config, WeightFile? start, TextWriter notes)
    {
        if (start is null)
        {
            return MaskRcnnInitialisation.Create(config, recipe.Seed);
        }

        if (BackboneTransfer.IsIn(start) && NetworkRecognition.Instances(start) is null)
        {
            using var fresh = MaskRcnnInitialisation.Create(config, recipe.Seed);
            return Starting.WithBackbone(fresh, start, "backbone.body.", config.Name, notes);
        }

        var weights = MaskRcnnStart.Read(config, start.Path, recipe.Seed, out var replaced);
        notes.WriteLine(replaced.Count == 0
            ? $"goes on from {recipe.StartFrom}"
            : $"goes on from {recipe.StartFrom}, which has another number of classes: these begin anew: {string.Join(", ", replaced)}");
        return weights;
    }
}
