using Maskwright.Geometry;
using Maskwright.Masks;
using Maskwright.Segmentation;
using Xunit;

namespace Maskwright.Tests.Segmentation;

public class CropCandidateTests
{
    [Fact]
    public void A_scattered_mask_waits_as_logits_and_comes_out_as_it_was()
    {
        var values = Enumerable.Range(0, 64).Select(i => ((i % 8) + (i / 8)) % 2 == 0 ? 3f : -3f).ToArray();
        var crop = new PixelRect(10, 20, 320, 240);
        var logits = new MaskLogits(values, 8, 8, new LogitFrame(new ImageSize(64, 64), new ImageSize(64, 48), crop.Size));
        var whole = LogitThresholding.Cut(logits);

        var cut = LogitThresholding.Measure(logits, 0, 1, 0, mostRuns: values.Length);
        var candidate = CropCandidate.Of(cut, logits, 0.9f, new PixelPoint(5, 6));
        Array.Clear(values); // the batch's logits go, or are used again
        var finished = candidate.Finish(0, crop, new ImageSize(400, 300));

        Assert.Null(candidate.Mask);
        Assert.Equal(whole.Mask.Bounds, candidate.Bounds);
        Assert.Equal(whole.Mask.PlaceIn(new ImageSize(400, 300), 10, 20), finished.Mask);
        Assert.Equal(new PixelPoint(15, 26), finished.Point);
    }
}
