using Maskwright.Geometry;

namespace Maskwright.Networks.Classic;

/// <summary>In which direction the border of two regions runs at a place.</summary>
/// <remarks>A watershed's arcs must be weighed by the boundary strength of their own orientation, or strong edges leak into arcs that merely touch them
/// (the oriented watershed transform of Arbelaez et al. 2011). Deviation: the direction comes from the labels of the 5x5 pixels around, not from fitted lines.</remarks>
internal static class BorderOrientation
{
    private const int Reach = 2;

    // The sums over the 5x5 pixels are never further from zero than this: five rows, each 2 + 1 + 1 + 2.
    private const int Farthest = ((2 * Reach) + 1) * Reach * (Reach + 1);
    private const int Side = (2 * Farthest) + 1;
    private static readonly byte[] s_orientations = [.. Enumerable.Range(0, Side * Side).Select(i => (byte)Orientation((i % Side) - Farthest, (i / Side) - Farthest))];

    /// <summary>Measures the direction.</summary>
    /// <param name="labels">[h,w].</param>
    /// <param name="one">A pixel of one region.</param>
    /// <param name="other">A pixel of the other region, beside it.</param>
    /// <param name="size">w and h.</param>
    /// <returns>An orientation of <see cref="BoundaryMap"/>.</returns>
    public static int At(int[] labels, int one, int other, ImageSize size)
    {
        int x = one % size.Width, y = one / size.Width, across = 0, down = 0, own = labels[one], beside = labels[other];
        int left = Math.Max(0, x - Reach), right = Math.Min(size.Width - 1, x + Reach);
        for (var v = Math.Max(0, y - Reach); v <= Math.Min(size.Height - 1, y + Reach); v++)
        {
            var row = labels.AsSpan((v * size.Width) + left, right - left + 1);
            var balance = 0;
            for (var u = 0; u < row.Length; u++)
            {
                var side = (row[u] == own ? 1 : 0) - (row[u] == beside ? 1 : 0);
                across += side * (left + u - x);
                balance += side;
            }

            down += balance * (v - y);
        }

        return across == 0 && down == 0
            ? Orientation((other - one) % size.Width, (other - one) / size.Width)
            : s_orientations[((down + Farthest) * Side) + across + Farthest];
    }

    private static int Orientation(int across, int down)
    {
        var step = (int)Math.Round((Math.Atan2(down, across) - (Math.PI / 2)) * BoundaryMap.Orientations / Math.PI);
        return ((step % BoundaryMap.Orientations) + BoundaryMap.Orientations) % BoundaryMap.Orientations;
    }
}
