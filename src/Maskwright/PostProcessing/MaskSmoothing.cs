using Maskwright.Masks;

namespace Maskwright.PostProcessing;

/// <summary>Rounds off a mask's border: every pixel takes the side of the majority in the square around it.</summary>
/// <remarks>A median filter: the pixels of OpenCV 4.6 <c>medianBlur</c>, which repeats the border pixels outside the image.</remarks>
public static class MaskSmoothing
{
    /// <summary>Smooths a mask; the time does not depend on the radius.</summary>
    /// <param name="mask">The mask; not changed.</param>
    /// <param name="radiusPixels">The square measures <c>2 * radius + 1</c> across; 0 to 16,383.</param>
    /// <returns>A new mask.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The radius is negative or too large.</exception>
    public static BinaryMask Apply(BinaryMask mask, int radiusPixels)
    {
        ArgumentNullException.ThrowIfNull(mask);
        ArgumentOutOfRangeException.ThrowIfNegative(radiusPixels);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(radiusPixels, 16383);
        var result = new BinaryMask(mask.Size);
        var counts = new int[mask.Width];
        for (var dy = -radiusPixels; dy <= radiusPixels; dy++)
        {
            Count(mask, dy, counts, 1);
        }

        for (var y = 0; y < mask.Height; y++)
        {
            Vote(counts, radiusPixels, result.Row(y));
            Count(mask, y - radiusPixels, counts, -1);
            Count(mask, y + radiusPixels + 1, counts, 1);
        }

        return result;
    }

    /// <summary>The specification of <see cref="Apply"/>: every pixel counts its own square.</summary>
    internal static BinaryMask ApplyScalar(BinaryMask mask, int radiusPixels)
    {
        var result = new BinaryMask(mask.Size);
        var side = (2 * radiusPixels) + 1;
        for (var i = 0; i < mask.Width * mask.Height; i++)
        {
            var (x, y, count) = (i % mask.Width, i / mask.Width, 0);
            for (var j = 0; j < side * side; j++)
            {
                var (u, v) = (x + (j % side) - radiusPixels, y + (j / side) - radiusPixels);
                count += mask[Math.Clamp(u, 0, mask.Width - 1), Math.Clamp(v, 0, mask.Height - 1)] ? 1 : 0;
            }

            result[x, y] = 2 * count > side * side;
        }

        return result;
    }

    private static void Count(BinaryMask mask, int y, int[] counts, int weight)
    {
        foreach (var (start, end) in new WordRuns(mask.Row(Math.Clamp(y, 0, mask.Height - 1)), mask.Width))
        {
            foreach (ref var count in counts.AsSpan(start, end - start))
            {
                count += weight;
            }
        }
    }

    private static void Vote(int[] counts, int radius, Span<ulong> row)
    {
        var side = (2L * radius) + 1;
        var (last, sum) = (counts.Length - 1, (long)counts[0] * (radius + 1));
        for (var dx = 1; dx <= radius; dx++)
        {
            sum += counts[Math.Min(dx, last)];
        }

        for (var x = 0; x <= last; x++)
        {
            row[x >> 6] |= (2 * sum > side * side ? 1UL : 0) << (x & 63);
            sum += counts[Math.Min(x + radius + 1, last)] - counts[Math.Max(x - radius, 0)];
        }
    }
}
