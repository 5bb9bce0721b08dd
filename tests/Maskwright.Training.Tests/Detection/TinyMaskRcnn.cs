using Maskwright.Networks.Backbones;
using Maskwright.Networks.MaskRcnn;
using Maskwright.Training.Augmentation;
using Maskwright.Training.Detection;
using Maskwright.Training.Optimisation;
using Maskwright.Training.Recipes;

namespace Maskwright.Training.Tests.Detection;

/// <summary>A Mask R-CNN that learns small pictures within a test.</summary>
internal static class TinyMaskRcnn
{
    public const int Side = 96;

    public static MaskRcnnConfig Config { get; } = new()
    {
        Name = "tiny-mask-rcnn",
        ClassCount = 4,
        Backbone = ResNetConfig.ResNet18 with { Blocks = [1, 1, 1, 1], Width = 16 },
        PyramidWidth = 32,
        BoxWidth = 64,
        MaskConvolutions = 1,
        NormalisedHeads = true,
        AnchorSides = [16, 32, 48, 64, 96],
        ShorterSide = Side,
        LongerSide = Side,
    };

    public static TrainingRecipe Recipe { get; } = new()
    {
        Network = Config.Name,
        Steps = 3,
        BatchSize = 2,
        LogEvery = 1,
        Crops = [new CropStage { Side = Side }],
        Detection = new DetectionOptions { RegionsPerImage = 24, RegionObjectFraction = 0.5, ProposalsBeforeSuppression = 200, ProposalsAfterSuppression = 40, AnchorsPerImage = 64 },
        Optimiser = new OptimiserOptions { LearningRate = 0.006, WarmUpSteps = 10 },
        Augmentation = AugmentationOptions.None with { NominalSide = Side },
    };

    public static TrainableMaskRcnn Create(int seed = 1)
    {
        using var weights = MaskRcnnInitialisation.Create(Config, seed);
        return new TrainableMaskRcnn(Config, weights);
    }
}
