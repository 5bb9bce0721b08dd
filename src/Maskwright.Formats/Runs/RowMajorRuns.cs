using System.Numerics;
using Maskwright.Geometry;
using Maskwright.Masks;

namespace Maskwright.Formats.Runs;

/// <summary>A mask as run lengths row by row, as annotation tools with canvases write it; counts alternate between outside and inside, outside first.</summary>
internal static class RowMajorRuns
{
    /// <summary>The run lengths of a mask.</summary>
    /// <returns>At least one count; the first is 0 when the first pixel is inside, no other one is.</returns>
    public static List<long> Of(BinaryMask mask)
    {
        var counts = new List<long>();
        long start = 0;
        var isInside = false;
        for (var y = 0; y < mask.Height; y++)
        {
            var row = mask.Row(y);
            for (var x = 0; (x = NextChange(row, x, mask.Width, isInside)) < mask.Width; isInside = !isInside)
            {
                var position = ((long)y * mask.Width) + x;
                counts.Add(position - start);
                start = position;
            }
        }

        counts.Add(mask.Size.PixelCount - start);
        return counts;
    }

    /// <summary>Sets a stretch of pixels, counted row by row.</summary>
    /// <param name="mask">The mask to draw on.</param>
    /// <param name="start">The first pixel.</param>
    /// <param name="end">One past the last pixel.</param>
    public static void Fill(BinaryMask mask, long start, long end)
    {
        while (start < end)
        {
            var (y, x) = ((int)(start / mask.Width), (int)(start % mask.Width));
            var right = (int)Math.Min(mask.Width, x + end - start);
            Fill(mask.Row(y), x, right);
            start += right - x;
        }
    }

    /// <summary>Draws run lengths.</summary>
    /// <param name="size">Width and height of the mask.</param>
    /// <param name="counts">The counts, outside first, none negative.</param>
    /// <exception cref="FormatException">The counts do not sum to the number of pixels.</exception>
    public static BinaryMask ToMask(ImageSize size, IReadOnlyList<long> counts)
    {
        var mask = new BinaryMask(size);
        long position = 0;
        for (var i = 0; i < counts.Count; i++)
        {
            var end = position + counts[i];
            if (counts[i] < 0 || end > size.PixelCount)
            {
                throw new FormatException($"run {i} of {counts[i]} pixels does not fit into {size}");
            }

            if (i % 2 == 1)
            {
                Fill(mask, position, end);
            }

            position = end;
        }

        return position == size.PixelCount ? mask : throw new FormatException($"the run lengths sum to {position}, but {size} has {size.PixelCount} pixels");
    }

    private static int NextChange(ReadOnlySpan<ulong> row, int x, int width, bool isInside)
    {
        while (x < width)
        {
            var word = (isInside ? ~row[x >> 6] : row[x >> 6]) >> (x & 63);
            if (word != 0)
            {
                return Math.Min(width, x + BitOperations.TrailingZeroCount(word));
            }

            x = (x | 63) + 1;
        }

        return width;
    }

    private static void Fill(Span<ulong> row, int left, int right)
    {
        var (first, last) = (left >> 6, (right - 1) >> 6);
        for (var i = first; i <= last; i++)
        {
            row[i] |= (i == first ? ulong.MaxValue << (left & 63) : ulong.MaxValue) & (i == last ? ulong.MaxValue >> (-right & 63) : ulong.MaxValue);
        }
    }
}
