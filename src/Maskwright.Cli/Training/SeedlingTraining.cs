using Maskwright.Graphs.Weights;
using Maskwright.Networks.Backbones;
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
    private readonly BackboneTeacher? _backboneTeacher;

    /// <param name="recipe">How it learns.</param>
    /// <param name="teacher">Opens the model that a recipe learns from.</param>
    /// <param name="notes">Told what began anew.</param>
    public SeedlingTraining(TrainingRecipe recipe, Func<string, IPromptSegmenter> teacher, TextWriter notes)
    {
        var options = new TorchGraphOptions { Device = recipe.Device, Precision = recipe.Precision, Float32Nodes = ["decoder.quality.*"] };
        _teacher = recipe.Distillation.Model is { } model ? teacher(model) : null;
        _backboneTeacher = recipe.Distillation.Backbone is { } backbone ? OpenBackbone(backbone, options) : null;
        var (config, start) = Begin(recipe, notes);
        using var weights = start;
        _recipe = recipe;
        _network = new PromptNetwork(
            _backboneTeacher is null ? SeedlingGraphs.Encoder(config) : SeedlingGraphs.EncoderWithBackboneHead(config, _backboneTeacher.Channels),
            SeedlingGraphs.Decoder(config),
            weights,
            options,
            Keys(config),
            (judged, engine) => SeedlingSegmenter.Create(config, judged, engine)) { Teacher = _teacher, BackboneTeacher = _backboneTeacher };
    }

    public override TrainingLoop Loop(TrainingData data, IImageCodec codec) => new(_network, data.Examples, codec, _recipe, data.Validation);

    public override void Dispose()
    {
        _network.Dispose();
        _backboneTeacher?.Dispose();
        _teacher?.Dispose();
    }

    private static BackboneTeacher OpenBackbone(string name, TorchGraphOptions options)
    {
        using var weights = Starting.Open(name);
        try
        {
            return new BackboneTeacher(weights, options);
        }
        catch (ArgumentException fault)
        {
            throw new ToolException(ExitCode.Usage, $"distillation.backbone: {fault.Message}", fault);
        }
    }

    private static KeyLayout[] Keys(SeedlingConfig config)
    {
        KeyLayout Of(string output, int stride, SeedlingLevel level) => new(output, stride, level.Features, level.Heads, level.HeadWidth);
        return [Of("f4", 4, config.Fine), Of("f8", 8, config.Middle), Of("f16", 16, config.Coarse)];
    }

    /// <summary>The sizes of the network that a recipe asks for, and the weights from which it begins; the caller disposes them.</summary>
    /// <param name="recipe">How it learns.</param>
    /// <param name="notes">Told what began anew.</param>
    internal static (SeedlingConfig Config, WeightFile Weights) Begin(TrainingRecipe recipe, TextWriter notes)
    {
        var config = SeedlingConfig.Default;
        if (recipe.StartFrom is null)
        {
            return (config, SeedlingInitialisation.Create(config, recipe.Seed));
        }

        var start = Starting.Open(recipe.StartFrom);
        if (!BackboneTransfer.IsIn(start) || SeedlingWeights.Recognises(start))
        {
            return (SeedlingWeights.ConfigOf(start), start);
        }

        using (start)
        {
            using var fresh = SeedlingInitialisation.Create(config, recipe.Seed);
            return (config, Starting.WithBackbone(fresh, start, "encoder.body.", config.Name, notes));
        }
    }
}
