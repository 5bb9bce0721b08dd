using Maskwright.Masks;
using Maskwright.Networks.MaskRcnn;
using Maskwright.Training.Augmentation;
using Maskwright.Training.Data;
using Maskwright.Training.Detection;
using Maskwright.Training.Optimisation;
using Maskwright.Training.Recipes;
using Maskwright.Training.Running;
using Maskwright.Training.Tests.Data;
using Xunit;

namespace Maskwright.Training.Tests.Detection;

[Trait("Kind", "learns")]
public class MaskRcnnOverfittingTests
{
    private const int Side = 128;

    // As many proposals are kept as in training: of others the heads were never told what they show.
    private static readonly MaskRcnnConfig s_config = TinyMaskRcnn.Config with { MaskConvolutions = 2, ShorterSide = Side, LongerSide = Side, ProposalsAfterSuppression = 40, ScoreThreshold = 0.5 };

    private static readonly TrainingRecipe s_recipe = TinyMaskRcnn.Recipe with
    {
        Steps = 480,
        BatchSize = 4,
        LogEvery = 100,
        Crops = [new CropStage { Side = Side }],
        Detection = TinyMaskRcnn.Recipe.Detection with { RegionObjectIou = 0.6 },
        Optimiser = new OptimiserOptions { LearningRate = 0.01, WarmUpSteps = 5, AverageDecay = 0.9, MaxGradientNorm = 10 },
        Augmentation = AugmentationOptions.None with { NominalSide = Side },
    };

    [Fact]
    public void Learns_four_photos_by_heart_and_finds_their_objects_and_nothing_else()
    {
        using var start = MaskRcnnInitialisation.Create(s_config, 1);
        using var network = new TrainableMaskRcnn(s_config, start);
        using (var loop = new TrainingLoop(network, Examples(), null, s_recipe))
        {
            loop.Run(null, null, TestContext.Current.CancellationToken);
        }

        using var weights = network.Weights.Export();
        using var segmenter = MaskRcnnSegmenter.Create(s_config, weights, network.ClassNames);
        var ious = new List<double>();
        foreach (var photo in Examples().Select(example => example.Load()))
        {
            var found = segmenter.Find(photo.Image, TestContext.Current.CancellationToken);
            Assert.Equal([1, 2, 3], found.Select(o => o.ClassNumber).Order());
            ious.AddRange(photo.Annotations[0].Objects.Select(truth => Iou(photo.Annotations[0], truth, found.Single(o => o.ClassNumber == truth.Class).Mask.ToBinaryMask())));
        }

        Assert.InRange(ious.Average(), 0.95, 1);
    }

    private static double Iou(ObjectLayers layers, LabelledObject truth, BinaryMask found)
    {
        int both = 0, any = 0;
        for (var i = 0; i < Side * Side; i++)
        {
            var (isTrue, isFound) = (layers.Layers[truth.Layer][i] == truth.Id, found[i % Side, i / Side]);
            both += isTrue && isFound ? 1 : 0;
            any += isTrue || isFound ? 1 : 0;
        }

        return both / (double)any;
    }

    private static List<TrainingExample> Examples() => [.. Enumerable.Range(0, 4).Select(i => new TrainingExample("painted", $"scene {i}", () => PaintedScenes.DrawApart(Side, i)))];
}
