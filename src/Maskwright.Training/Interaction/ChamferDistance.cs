namespace Maskwright.Training.Interaction;

/// <summary>Distances to the outside of a region on a small grid, by two passes of the 3-4 chamfer mask (Borgefors 1986).</summary>
internal static class ChamferDistance
{
    private const int Straight = 3;
    private const int Diagonal = 4;
    private const int Far = 1 << 28;

    /// <summary>Measures how deep each cell lies inside; what lies beyond the grid is outside.</summary>
    /// <param name="isInside">[h,w], row by row.</param>
    /// <param name="width">w.</param>
    /// <returns>[h,w] thrice the distance in cells; 0 outside.</returns>
    public static int[] FromOutside(ReadOnlySpan<bool> isInside, int width) => Sweep(isInside, width, border: 0);

    /// <summary>As <see cref="FromOutside"/>, but what lies beyond the grid is no outside.</summary>
    /// <returns>[h,w] thrice the distance; very large where there is no outside at all.</returns>
    public static int[] FromOutsideWithin(ReadOnlySpan<bool> isInside, int width) => Sweep(isInside, width, border: Far);

    /// <summary>The deepest cell, the first of several.</summary>
    /// <returns>Its position row by row and its depth; depth 0 when nothing is inside.</returns>
    public static (int At, int Depth) Deepest(ReadOnlySpan<int> distances)
    {
        var best = 0;
        for (var i = 1; i < distances.Length; i++)
        {
            best = distances[i] > distances[best] ? i : best;
        }

        return (best, distances.Length == 0 ? 0 : distances[best]);
    }

    private static int[] Sweep(ReadOnlySpan<bool> isInside, int width, int border)
    {
        var height = isInside.Length / width;
        var stride = width + 2;
        var padded = new int[stride * (height + 2)];
        padded.AsSpan().Fill(border);
        for (int y = 1, i = 0; y <= height; y++)
        {
            for (int at = (y * stride) + 1, end = at + width; at < end; at++, i++)
            {
                padded[at] = !isInside[i] ? 0 : Nearest(padded[at - 1], padded[at - stride - 1], padded[at - stride], padded[at - stride + 1]);
            }
        }

        var distances = new int[isInside.Length];
        for (int y = height, i = isInside.Length - 1; y >= 1; y--)
        {
            for (int at = (y * stride) + width, end = y * stride; at > end; at--, i--)
            {
                padded[at] = Math.Min(padded[at], Nearest(padded[at + 1], padded[at + stride + 1], padded[at + stride], padded[at + stride - 1]));
                distances[i] = padded[at];
            }
        }

        return distances;
    }

    private static int Nearest(int beside, int cornerA, int straight, int cornerB) =>
        Math.Min(Math.Min(beside, straight) + Straight, Math.Min(cornerA, cornerB) + Diagonal);
}
