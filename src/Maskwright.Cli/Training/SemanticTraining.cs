using Maskwright.Graphs.Weights;
using Maskwright.Networks.Backbones;
using Maskwright.Networks.Semantic;
using Maskwright.Training.Data;
using Maskwright.Training.Recipes;
using Maskwright.Training.Running;
using Maskwright.Training.Semantic;
using Maskwright.Training.Torch;

namespace Maskwright.Cli.Training;

/// <summary>A network that gives every pixel a class, about to learn.</summary>
internal sealed class SemanticTraining : TrainingNetwork
{
    private readonly TrainingRecipe _recipe;
    private readonly TrainableSemantic _network;

    private SemanticTraining(TrainingRecipe recipe, TrainableSemantic network) => (_recipe, _network) = (recipe, network);

    /// <param name="recipe">How it learns.</param>
    /// <param name="preset">Its sizes, but for those that the recipe changes.</param>
    /// <param name="classNames">Its classes, without background.</param>
    /// <param name="notes">Told what began anew.</param>
    public static SemanticTraining Create(TrainingRecipe recipe, SemanticNetworkConfig preset, IReadOnlyList<string> classNames, TextWriter notes)
    {
        if (classNames.Count == 0)
        {
            throw new ToolException(ExitCode.Usage, $"{preset.Name} needs the names of its classes: write classNames: [NAME, ...] in the recipe");
        }

        try
        {
            IReadOnlyList<string> names = recipe.Semantic.HasBackground ? ["background", .. classNames] : classNames;
            using var start = recipe.StartFrom is null ? null : Starting.Open(recipe.StartFrom);
            var sizes = start is not null && NetworkMetadata.Semantic(start) is { } said && said.Name == preset.Name ? said : preset; // of an earlier build, its sizes may differ
            var config = SemanticSizes.Apply(sizes, recipe.Semantic.Sizes) with { ClassCount = names.Count, WorkingSide = recipe.Augmentation.NominalSide };
            using var weights = Begin(recipe, config, start, notes);
            return new SemanticTraining(recipe, new TrainableSemantic(config, names, weights, new TorchGraphOptions { Device = recipe.Device, Precision = recipe.Precision, Seed = recipe.Seed }));
        }
        catch (ArgumentException fault)
        {
            throw new ToolException(ExitCode.Usage, Failure.MessageOf(fault), fault);
        }
    }

    public override TrainingLoop Loop(TrainingData data, IImageCodec codec) => new(_network, data.Examples, codec, _recipe, data.Validation);

    public override void Dispose() => _network.Dispose();

    private static WeightFile Begin(TrainingRecipe recipe, SemanticNetworkConfig config, WeightFile? start, TextWriter notes)
    {
        if (start is null)
        {
            return SemanticInitialisation.Create(config, recipe.Seed);
        }

        if (BackboneTransfer.IsIn(start) && NetworkRecognition.Semantic(start)?.GetType() != config.GetType())
        {
            using var fresh = SemanticInitialisation.Create(config, recipe.Seed);
            return Starting.WithBackbone(fresh, start, "backbone.", config.Name, notes);
        }

        var (weights, renewed) = SemanticInitialisation.From(start, config, recipe.Seed);
        notes.WriteLine(renewed.Count == 0
            ? $"goes on from {recipe.StartFrom}"
            : $"goes on from {recipe.StartFrom}, which has another number of classes or no auxiliary head: these begin anew: {string.Join(", ", renewed)}");
        return weights;
    }
}
