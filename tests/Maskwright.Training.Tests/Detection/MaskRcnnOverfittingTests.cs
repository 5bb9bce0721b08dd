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
    private const int Photos = 4;

    // Masks are pasted into whole pixels, as torchvision does: about a pixel is lost or won at an edge, so that small objects cannot be met to 0.95.
    [Fact]
    public void Learns_four_photos_of_large_shapes_by_heart()
    {
        var config = TinyMaskRcnn.Config with { ShorterSide = Side, LongerSide = Side };
        using var start = MaskRcnnInitialisation.Create(config, 1);
        using var network = new TrainableMaskRcnn(config, start);
        using (var loop = new TrainingLoop(network, Examples(), null, Recipe))
        {
            loop.Run(null, null, TestContext.Current.CancellationToken);
        }

        using var weights = network.Weights.Export();
        using var segmenter = MaskRcnnSegmenter.Create(config with { ScoreThreshold = 0.5 }, weights, network.ClassNames);
        var overlaps = Examples().Select(example => example.Load()).SelectMany(photo => Overlaps(segmenter, photo)).ToList();

        Assert.InRange(overlaps.Average(), 0.95, 1);
    }

    private static TrainingRecipe Recipe => TinyMaskRcnn.Recipe with
    {
        Steps = 150,
        BatchSize = Photos,
        Crops = [new CropStage { Side = Side }],
        Optimiser = new OptimiserOptions { LearningRate = 0.006, WarmUpSteps = 10 },
        Augmentation = AugmentationOptions.None with { NominalSide = Side },
    };

    private static List<TrainingExample> Examples() =>
        [.. Enumerable.Range(0, Photos).Select(i => new TrainingExample("painted", $"scene {i}", () => PaintedScenes.DrawClasses(Side, i, isLarge: true)))];

    // The IoU of each object with what was found of its class, 0 for nothing; and a 0 for whatever was found too much.
    private static IEnumerable<double> Overlaps(MaskRcnnSegmenter segmenter, LabelledPhoto photo)
    {
        var found = segmenter.Find(photo.Image, TestContext.Current.CancellationToken);
        var layers = photo.Annotations[0];
        var wanted = layers.Objects.Select(o => (o.Class, Mask: MaskOf(layers.Layers[o.Layer], o.Id))).ToList();
        return wanted.Select(o => found.Where(f => f.ClassNumber == o.Class).Select(f => f.Mask.Iou(o.Mask)).DefaultIfEmpty(0).Max())
            .Concat(Enumerable.Repeat(0.0, Math.Max(0, found.Count - wanted.Count)));
    }

    private static RunLengthMask MaskOf(ushort[] layer, ushort id)
    {
        var mask = new BinaryMask(Side, Side);
        for (var i = 0; i < layer.Length; i++)
        {
            mask[i % Side, i / Side] = layer[i] == id;
        }

        return RunLengthMask.FromMask(mask);
    }
}
