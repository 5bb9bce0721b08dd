using Maskwright.Masks;
using Maskwright.Networks.MaskRcnn;
using Maskwright.Training.Data;
using Maskwright.Training.Running;
using Maskwright.Training.Tests.Data;
using Xunit;

namespace Maskwright.Training.Tests.Detection;

[Trait("Kind", "learns")]
public class MaskRcnnOverfittingTests
{
    private const int Photos = 4;

    [Fact]
    public void Learns_four_photos_by_heart()
    {
        using var network = TinyMaskRcnn.Create();
        var recipe = TinyMaskRcnn.Recipe with { Steps = 220, BatchSize = Photos, LogEvery = 20 };
        using (var loop = new TrainingLoop(network, Examples(), null, recipe))
        {
            loop.Run(null, null, TestContext.Current.CancellationToken);
        }

        using var weights = network.Weights.Export();
        using var segmenter = MaskRcnnSegmenter.Create(TinyMaskRcnn.Config, weights, ["background", "disc", "box", "triangle"]);
        var found = Examples().SelectMany(example => Ious(segmenter, example.Load())).ToList();

        Assert.True(found.Count > 6, string.Join(' ', found));
        TestContext.Current.SendDiagnosticMessage(string.Join(' ', found));
        Console.Error.WriteLine(string.Join(' ', found.Select(x => x.ToString("0.00"))));
        Assert.InRange(found.Average(), 0.95, 1);
    }

    private static List<TrainingExample> Examples() =>
        [.. Enumerable.Range(0, Photos).Select(i => new TrainingExample("painted", $"scene {i}", () => PaintedScenes.DrawClasses(TinyMaskRcnn.Side, i)))];

    // Of every object, the IoU with the best detection of its class.
    private static IEnumerable<double> Ious(MaskRcnnSegmenter segmenter, LabelledPhoto photo)
    {
        var detections = segmenter.Find(photo.Image, TestContext.Current.CancellationToken);
        var layers = photo.Annotations[0];
        foreach (var wanted in layers.Objects.Where(o => o.Area >= 100))
        {
            var own = detections.Where(d => d.ClassNumber == wanted.Class).Select(d => Iou(d.Mask.ToBinaryMask(), layers.Layers[wanted.Layer], wanted.Id));
            yield return own.DefaultIfEmpty(0).Max();
        }
    }

    private static double Iou(BinaryMask mask, ushort[] layer, ushort id)
    {
        int both = 0, any = 0;
        for (var i = 0; i < layer.Length; i++)
        {
            var (found, wanted) = (mask[i % mask.Width, i / mask.Width], layer[i] == id);
            both += found && wanted ? 1 : 0;
            any += found || wanted ? 1 : 0;
        }

        return both / (double)any;
    }
}
