using Maskwright.Graphs.Weights;
using Maskwright.Networks.Seedling;
using Maskwright.Segmentation;
using Maskwright.Training.Data;
using Maskwright.Training.Recipes;
using Maskwright.Training.Running;
using Maskwright.Training.Torch;

namespace Maskwright.Cli.Training;

/// <summary>Seedling, about to learn.</summary>
internal sealed class SeedlingTraining : TrainingNetwork
{
    private readonly TrainingRecipe _recipe;
    private readonly PromptNetwork _network;
    private readonly IPromptSegmenter? _teacher;

    /// <param name="recipe">How it learns.</param>
    /// <param name="teacher">Opens the model that a recipe learns from.</param>
    public SeedlingTraining(TrainingRecipe recipe, Func<string, IPromptSegmenter> teacher)
    {
        _teacher = recipe.Distillation.Model is { } model ? teacher(model) : null;
        var config = SeedlingConfig.Default;
        using var weights = Begin(recipe, config);
        _recipe = recipe;
        _network = new PromptNetwork(
            SeedlingGraphs.Encoder(config),
            SeedlingGraphs.Decoder(config),
            weights,
            new TorchGraphOptions { Device = recipe.Device, Precision = recipe.Precision, Float32Nodes = ["decoder.quality.*"] },
            Keys(config),
            (judged, engine) => SeedlingSegmenter.Create(config, judged, engine)) { Teacher = _teacher };
    }

    public override TrainingLoop Loop(TrainingData data, IImageCodec codec) => new(_network, data.Examples, codec, _recipe, data.Validation);

    public override void Dispose()
    {
        _network.Dispose();
        _teacher?.Dispose();
    }

    private static KeyLayout[] Keys(SeedlingConfig config)
    {
        KeyLayout Of(string output, int stride, SeedlingLevel level) => new(output, stride, level.Features, level.Heads, level.HeadWidth);
        return [Of("f4", 4, config.Fine), Of("f8", 8, config.Middle), Of("f16", 16, config.Coarse)];
    }

    internal static WeightFile Begin(TrainingRecipe recipe, SeedlingConfig config) =>
        recipe.StartFrom is null ? SeedlingInitialisation.Create(config, recipe.Seed) : Starting.Open(recipe.StartFrom);
}
