using Maskwright.Networks.Backbones;
using Maskwright.Networks.Seedling;
using Maskwright.Training.Augmentation;
using Maskwright.Training.Interaction;
using Maskwright.Training.Optimisation;
using Maskwright.Training.Recipes;
using Maskwright.Training.Running;

namespace Maskwright.Training.Tests.Running;

/// <summary>Seedling in small, for tests that learn.</summary>
internal static class TinySeedling
{
    public static SeedlingConfig Config { get; } = SeedlingConfig.Default with
    {
        Body = ResNetConfig.ResNet18 with { Blocks = [1, 1, 1, 1], Width = 16, InnerWidths = [16, 32, 48, 32] },
        Fine = new(Neck: 16, Features: 12, Heads: 1, HeadWidth: 8),
        Middle = new(Neck: 24, Features: 16, Heads: 2, HeadWidth: 8),
        Coarse = new(Neck: 32, Features: 24, Heads: 2, HeadWidth: 8),
        Walls = 2,
        SpreadSteps = 6,
        QualityWidth = 16,
    };

    public static TrainingRecipe Recipe { get; } = new()
    {
        Steps = 6,
        BatchSize = 2,
        LogEvery = 1,
        Crops = [new CropStage { Side = 64 }],
        Optimiser = new OptimiserOptions { LearningRate = 2e-3, WarmUpSteps = 2 },
        Interaction = new InteractionOptions { PromptsPerImage = 3, MinVisiblePixels = 24 },
        Augmentation = AugmentationOptions.None with { NominalSide = 64 },
    };

    public static PromptNetwork Create(int seed = 1)
    {
        using var weights = SeedlingInitialisation.Create(Config, seed);
        return new PromptNetwork(SeedlingGraphs.Encoder(Config), SeedlingGraphs.Decoder(Config), weights, keys: [new KeyLayout("f8", 8, Config.Middle.Features, Config.Middle.Heads, Config.Middle.HeadWidth)]);
    }
}
