using Maskwright.Geometry;
using Maskwright.Masks;
using Maskwright.Testing;
using Xunit;

namespace Maskwright.Tests.Masks;

public class RunLengthMaskTests
{
    [Fact]
    public void Fast_and_slow_forms_agree_in_both_directions()
    {
        foreach (var mask in RandomMasks.Some(seed: 1))
        {
            var runs = RunLengthMask.FromMask(mask);
            var decoded = new BinaryMask(mask.Size);
            RunSpecification.Decode(runs.Counts, decoded);

            Assert.Equal(RunSpecification.Encode(mask), runs.Counts.ToArray());
            AsciiMask.Equal(mask, decoded);
            AsciiMask.Equal(mask, runs.ToBinaryMask());
            Assert.Equal(mask.Area(), runs.Area);
            Assert.Equal(mask.Bounds(), runs.Bounds);
        }
    }

    [Fact]
    public void Set_operations_agree_with_those_on_bits()
    {
        foreach (var (first, second) in Pairs(seed: 2))
        {
            var (a, b) = (RunLengthMask.FromMask(first), RunLengthMask.FromMask(second));

            Assert.Equal(Bits(first, second, (p, q) => p | q), a.Union(b));
            Assert.Equal(Bits(first, second, (p, q) => p & q), a.Intersect(b));
            Assert.Equal(Bits(first, second, (p, q) => p & ~q), a.Except(b));
            Assert.Equal(a.Intersect(b).Area, a.IntersectionArea(b));
            Assert.Equal(a.Union(b).Area, a.Area + b.Area - a.IntersectionArea(b));
            Assert.Equal(-1, a.Union(b).Counts[1..].IndexOf(0u));
        }
    }

    [Fact]
    public void A_mask_placed_in_a_frame_keeps_the_pixels_that_fit()
    {
        foreach (var mask in RandomMasks.Some(seed: 3))
        {
            foreach (var (x, y, frame) in Placements(mask.Size))
            {
                var placed = RunLengthMask.FromMask(mask).PlaceIn(frame, x, y);

                var expected = RandomMasks.Fill(frame.Width, frame.Height, (fx, fy) => mask.Size.Bounds.Contains(new PixelRect(fx - x, fy - y, 1, 1)) && mask[fx - x, fy - y]);
                Assert.Equal(RunSpecification.Encode(expected), placed.Counts.ToArray());
            }
        }
    }

    [Fact]
    public void Text_and_runs_turn_into_each_other()
    {
        foreach (var mask in RandomMasks.Some(seed: 4))
        {
            var runs = RunLengthMask.FromMask(mask);

            Assert.Equal(runs.Counts.ToArray(), RunLengthMask.FromCocoString(runs.Size, runs.ToCocoString()).Counts.ToArray());
        }
    }

    [Fact]
    public void Text_of_the_largest_differences_survives()
    {
        var size = new ImageSize(65535, 65535);
        uint[] counts = [0, 4_000_000_000, 1, 2, 3, 294_836_219];

        var runs = RunLengthMask.FromCounts(size, counts);

        Assert.Equal(counts, RunLengthMask.FromCocoString(size, runs.ToCocoString()).Counts.ToArray());
    }

    [Fact]
    public void Runs_of_no_length_are_kept_and_mean_nothing()
    {
        var size = new ImageSize(3, 3);
        var padded = RunLengthMask.FromCounts(size, [2, 0, 1, 2, 0, 1, 3, 0]);
        var plain = RunLengthMask.FromCounts(size, [3, 3, 3]);

        Assert.Equal(plain, padded);
        Assert.Equal(plain.GetHashCode(), padded.GetHashCode());
        Assert.Equal(plain.ToBinaryMask(), padded.ToBinaryMask());
        Assert.Equal(padded.Counts.ToArray(), RunLengthMask.FromCocoString(size, padded.ToCocoString()).Counts.ToArray());
        Assert.Equal(plain.Counts.ToArray(), padded.Canonical().Counts.ToArray());
        Assert.Equal(plain.Counts.ToArray(), padded.Union(padded).Counts.ToArray());
        Assert.Equal(1.0, padded.Iou(plain));
    }

    [Fact]
    public void Two_empty_masks_have_no_overlap()
    {
        var empty = RunLengthMask.Empty(new ImageSize(4, 5));

        Assert.Equal(0, empty.Iou(empty));
        Assert.Equal(new PixelRect(0, 0, 0, 0), empty.Bounds);
    }

    [Theory]
    [InlineData("", "character 1: the runs end 12 pixels")]
    [InlineData("9", "character 2: the runs end 3 pixels")]
    [InlineData("95", "character 2: the runs leave the 12 pixels")]
    [InlineData("93~", "character 3: the character is none")]
    [InlineData("9 3", "character 2: the character is none")]
    [InlineData("2111I", "character 5: the run would have a negative length")]
    [InlineData("9o", "character 3: the text ends within a number")]
    [InlineData("oooooooooooooooo", "the number is too long")]
    public void Damaged_text_is_refused_with_its_place(string text, string fault)
    {
        var thrown = Assert.Throws<FormatException>(() => RunLengthMask.FromCocoString(new ImageSize(3, 4), text));

        Assert.Contains(fault, thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Masks_of_different_sizes_are_not_compared()
    {
        var (small, large) = (RunLengthMask.Empty(new ImageSize(2, 2)), RunLengthMask.Empty(new ImageSize(3, 2)));

        Assert.Throws<ArgumentException>(() => small.Iou(large));
        Assert.Throws<ArgumentException>(() => small.Union(large));
        Assert.Throws<ArgumentException>(() => RunLengthMask.FromCounts(new ImageSize(2, 2), [5]));
        Assert.NotEqual(small, large);
    }

    private static IEnumerable<(BinaryMask First, BinaryMask Second)> Pairs(int seed) =>
        from a in RandomMasks.Some(seed) from b in RandomMasks.Some(seed + 100) where a.Size == b.Size select (a, b);

    private static IEnumerable<(int X, int Y, ImageSize Frame)> Placements(ImageSize size) =>
    [
        (0, 0, size),
        (3, 2, new ImageSize(size.Width + 5, size.Height + 4)),
        (0, 0, new ImageSize(size.Width + 2, size.Height)),
        (2, 0, new ImageSize(size.Width + 2, size.Height)),
        (-1, -2, size),
        (1, 1, size),
        (size.Width, 0, size),
    ];

    private static RunLengthMask Bits(BinaryMask first, BinaryMask second, Func<ulong, ulong, ulong> rule)
    {
        var result = new BinaryMask(first.Size);
        for (var i = 0; i < result.Words.Length; i++)
        {
            result.Words[i] = rule(first.Words[i], second.Words[i]);
        }

        return RunLengthMask.FromMask(result);
    }
}
