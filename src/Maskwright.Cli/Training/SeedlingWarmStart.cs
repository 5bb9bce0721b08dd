using Maskwright.Training.Data;
using Maskwright.Training.Recipes;
using Maskwright.Training.Reconstruction;
using Maskwright.Training.Running;
using Maskwright.Training.Torch;

namespace Maskwright.Cli.Training;

/// <summary>Seedling's encoder, about to learn from photos without masks.</summary>
internal sealed class SeedlingWarmStart : TrainingNetwork
{
    public const string NetworkName = "seedling-warmstart";

    private readonly TrainingRecipe _recipe;
    private readonly TrainableReconstruction _network;

    public SeedlingWarmStart(TrainingRecipe recipe, TextWriter notes)
    {
        var (config, start) = SeedlingTraining.Begin(recipe, notes);
        using var weights = start;
        _recipe = recipe;
        _network = new TrainableReconstruction(config, weights, new TorchGraphOptions { Device = recipe.Device, Precision = recipe.Precision });
    }

    public override TrainingLoop Loop(TrainingData data, IImageCodec codec) => new(_network, data.Examples, codec, _recipe);

    public override void Dispose() => _network.Dispose();
}
