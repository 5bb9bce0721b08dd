using Maskwright.Masks;
using Maskwright.PostProcessing;
using Maskwright.Testing;
using Maskwright.Tests.Masks;
using Xunit;

namespace Maskwright.Tests.PostProcessing;

public class MaskOverlapTests
{
    [Fact]
    public void Bits_and_run_lengths_give_the_same_ious()
    {
        var random = new Random(2);
        BinaryMask[] masks = [new(130, 40), .. Enumerable.Range(0, 9).Select(_ => RandomMasks.Blob(130, 40, random))];
        RunLengthMask[] runs = [.. masks.Select(RunLengthMask.FromMask)];

        Assert.Equal(RunLengthMask.IouMatrix(runs, runs[3..]), MaskOverlap.IouMatrix(masks, masks[3..]));
    }

    [Fact]
    public void Masks_of_different_sizes_are_refused() =>
        Assert.Throws<ArgumentException>(() => MaskOverlap.IouMatrix([new BinaryMask(3, 3)], [new BinaryMask(3, 4)]));

    [Fact]
    public void Of_overlapping_masks_the_best_stays()
    {
        RunLengthMask[] masks = [.. new[] { "####....", "#####...", ".....###", "####...." }.Select(art => RunLengthMask.FromMask(AsciiMask.Parse(art)))];

        Assert.Equal([1, 2], MaskNonMaximumSuppression.Keep(masks, [0.7f, 0.9f, 0.1f, 0.8f], 0.7));
        Assert.Equal([1, 3, 0, 2], MaskNonMaximumSuppression.Keep(masks, [0.7f, 0.9f, 0.1f, 0.8f], 1));
        Assert.Equal([1, 3, 2], MaskNonMaximumSuppression.Keep(masks, [0.7f, 0.9f, 0.1f, 0.8f], 0.7, [5, 4, 4, 5]));
        Assert.Throws<ArgumentException>(() => MaskNonMaximumSuppression.Keep(masks, [1f], 0.5));
    }

    [Fact]
    public void At_the_threshold_a_mask_stays()
    {
        RunLengthMask[] masks = [.. new[] { "####", "##.." }.Select(art => RunLengthMask.FromMask(AsciiMask.Parse(art)))];

        Assert.Equal([0, 1], MaskNonMaximumSuppression.Keep(masks, [0.9f, 0.8f], 0.5));
        Assert.Equal([0], MaskNonMaximumSuppression.Keep(masks, [0.9f, 0.8f], 0.49));
    }
}
