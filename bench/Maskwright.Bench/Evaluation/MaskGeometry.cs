using System.Numerics;
using Maskwright.Geometry;
using Maskwright.Masks;

namespace Maskwright.Bench.Evaluation;

/// <summary>What the evaluation asks of masks.</summary>
internal static class MaskGeometry
{
    /// <summary>Intersection over union; 0 for two empty masks.</summary>
    public static double Iou(BinaryMask one, BinaryMask other)
    {
        long both = 0, any = 0;
        ReadOnlySpan<ulong> a = one.Words, b = other.Words;
        for (var i = 0; i < a.Length; i++)
        {
            both += BitOperations.PopCount(a[i] & b[i]);
            any += BitOperations.PopCount(a[i] | b[i]);
        }

        return any == 0 ? 0 : both / (double)any;
    }

    /// <summary>The centre of the pixel that lies deepest inside: the largest chessboard-and-diagonal distance to the outside; the image's edge is outside.</summary>
    public static PixelPoint InteriorPoint(BinaryMask mask)
    {
        int width = mask.Width, height = mask.Height, best = 0, bestAt = 0;
        var distance = new int[(width + 2) * (height + 2)];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var at = ((y + 1) * (width + 2)) + x + 1;
                distance[at] = mask[x, y]
                    ? Math.Min(Math.Min(distance[at - 1], distance[at - width - 2]) + 3, Math.Min(distance[at - width - 3], distance[at - width - 1]) + 4)
                    : 0;
            }
        }

        for (var y = height; y >= 1; y--)
        {
            for (var x = width; x >= 1; x--)
            {
                var at = (y * (width + 2)) + x;
                var back = Math.Min(Math.Min(distance[at + 1], distance[at + width + 2]) + 3, Math.Min(distance[at + width + 3], distance[at + width + 1]) + 4);
                distance[at] = Math.Min(distance[at], back);
                (best, bestAt) = distance[at] > best ? (distance[at], at) : (best, bestAt);
            }
        }

        return new PixelPoint((bestAt % (width + 2)) - 0.5, (bestAt / (width + 2)) - 0.5);
    }
}
