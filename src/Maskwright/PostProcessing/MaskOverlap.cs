using System.Numerics;
using Maskwright.Geometry;
using Maskwright.Masks;

namespace Maskwright.PostProcessing;

/// <summary>How much masks share, counted 64 pixels at a time. For masks as run lengths see <see cref="RunLengthMask.IouMatrix"/>.</summary>
public static class MaskOverlap
{
    /// <summary>The number of pixels that two masks share.</summary>
    /// <param name="first">A mask.</param>
    /// <param name="second">A mask of the same size.</param>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    public static long IntersectionArea(BinaryMask first, BinaryMask second)
    {
        CheckSizes(first, second);
        return Shared(first, second, first.Size.Bounds);
    }

    /// <summary>The IoU of every mask of one list with every mask of another; looks only where the bounds of a pair meet.</summary>
    /// <param name="first">N masks.</param>
    /// <param name="second">M masks of the same size.</param>
    /// <returns>[N,M] in [0,1]; 0 where a pair shares no pixel, two empty masks included.</returns>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    public static double[,] IouMatrix(IReadOnlyList<BinaryMask> first, IReadOnlyList<BinaryMask> second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        (long Area, PixelRect Bounds)[] columns = [.. second.Select(Measure)];
        var matrix = new double[first.Count, second.Count];
        for (var i = 0; i < first.Count; i++)
        {
            var (area, bounds) = Measure(first[i]);
            for (var j = 0; j < second.Count; j++)
            {
                CheckSizes(first[i], second[j]);
                var shared = Shared(first[i], second[j], Meeting(bounds, columns[j].Bounds));
                matrix[i, j] = shared == 0 ? 0 : (double)shared / (area + columns[j].Area - shared);
            }
        }

        return matrix;
    }

    private static (long Area, PixelRect Bounds) Measure(BinaryMask mask) => (mask.Area(), mask.Bounds());

    private static PixelRect Meeting(PixelRect a, PixelRect b)
    {
        var (x, y) = (Math.Max(a.X, b.X), Math.Max(a.Y, b.Y));
        return new PixelRect(x, y, Math.Min(a.Right, b.Right) - x, Math.Min(a.Bottom, b.Bottom) - y);
    }

    private static long Shared(BinaryMask first, BinaryMask second, PixelRect area)
    {
        long shared = 0;
        for (var y = area.Y; !area.IsEmpty && y < area.Bottom; y++)
        {
            ReadOnlySpan<ulong> a = first.Row(y)[(area.X >> 6)..((area.Right + 63) >> 6)], b = second.Row(y)[(area.X >> 6)..((area.Right + 63) >> 6)];
            for (var i = 0; i < a.Length; i++)
            {
                shared += BitOperations.PopCount(a[i] & b[i]);
            }
        }

        return shared;
    }

    private static void CheckSizes(BinaryMask first, BinaryMask second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (first.Size != second.Size)
        {
            throw new ArgumentException($"Both masks must have one size; they have {first.Size} and {second.Size}.", nameof(second));
        }
    }
}
