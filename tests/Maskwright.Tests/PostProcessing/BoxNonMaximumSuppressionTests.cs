using Maskwright.Geometry;
using Maskwright.PostProcessing;
using Maskwright.Testing;
using Xunit;

namespace Maskwright.Tests.PostProcessing;

public class BoxNonMaximumSuppressionTests
{
    [Fact]
    public void Of_equals_the_first_stays()
    {
        PixelBox[] boxes = [new(0, 0, 10, 10), new(0, 0, 10, 10), new(50, 50, 60, 60)];

        Assert.Equal([0, 2], BoxNonMaximumSuppression.Keep(boxes, [1f, 1f, 1f], 0.7));
    }

    [Fact]
    public void An_overlap_at_the_threshold_stays()
    {
        PixelBox[] boxes = [new(0, 0, 10, 10), new(0, 0, 5, 10)];

        Assert.Equal([0, 1], BoxNonMaximumSuppression.Keep(boxes, [1f, 0.5f], 0.5));
        Assert.Equal([0], BoxNonMaximumSuppression.Keep(boxes, [1f, 0.5f], 0.49));
    }

    [Fact]
    public void Boxes_without_area_suppress_nothing()
    {
        PixelBox[] boxes = [new(0, 0, 0, 0), new(0, 0, 0, 0)];

        Assert.Equal([1, 0], BoxNonMaximumSuppression.Keep(boxes, [0.2f, 0.4f], 0.1));
    }

    [Theory]
    [Trait("Kind", "parity")]
    [InlineData("0.1", 0.1)]
    [InlineData("0.3", 0.3)]
    [InlineData("0.5", 0.5)]
    [InlineData("0.7", 0.7)]
    [InlineData("0.9", 0.9)]
    public void Lists_are_those_of_torchvision(string name, double threshold)
    {
        var golden = GoldenCase.Open("image_ops", "box_ops");
        var boxes = Boxes(golden);
        var scores = golden.Output("scores").Values<float>();
        int[] categories = [.. Enumerable.Range(0, boxes.Length).Select(i => i % 3)];

        Assert.Equal(Indices(golden, "nms_" + name), BoxNonMaximumSuppression.Keep(boxes, scores, threshold));
        Assert.Equal(Indices(golden, "batched_nms_" + name), BoxNonMaximumSuppression.Keep(boxes, scores, threshold, categories));
    }

    [Fact]
    [Trait("Kind", "parity")]
    public void Overlaps_have_the_bits_of_torchvision()
    {
        var golden = GoldenCase.Open("image_ops", "box_ops");
        var boxes = Boxes(golden);

        var iou = from i in Enumerable.Range(0, 20) from j in Enumerable.Range(0, 20) select BoxNonMaximumSuppression.Iou(boxes[i], boxes[20 + j]);

        Assert.Equal(golden.Output("box_iou").Values<float>(), iou);
    }

    private static PixelBox[] Boxes(GoldenCase golden) =>
        [.. golden.Output("boxes").Values<float>().Chunk(4).Select(b => new PixelBox(b[0], b[1], b[2], b[3]))];

    private static int[] Indices(GoldenCase golden, string name) => [.. golden.Outputs.GetProperty(name).EnumerateArray().Select(i => i.GetInt32())];
}
