using Maskwright.Geometry;

namespace Maskwright.Networks.Classic;

/// <summary>In which direction the border of two regions runs at a place.</summary>
/// <remarks>A watershed's arcs must be weighed by the boundary strength of their own orientation, or strong edges leak into arcs that merely touch them
/// (the oriented watershed transform of Arbelaez et al. 2011). Deviation: the direction comes from the labels of the 5x5 pixels around, not from fitted lines.</remarks>
internal static class BorderOrientation
{
    private const int Reach = 2;

    /// <summary>Measures the direction.</summary>
    /// <param name="labels">[h,w].</param>
    /// <param name="one">A pixel of one region.</param>
    /// <param name="other">A pixel of the other region, beside it.</param>
    /// <param name="size">w and h.</param>
    /// <returns>An orientation of <see cref="BoundaryMap"/>.</returns>
    public static int At(int[] labels, int one, int other, ImageSize size)
    {
        int x = one % size.Width, y = one / size.Width, across = 0, down = 0;
        for (var v = Math.Max(0, y - Reach); v <= Math.Min(size.Height - 1, y + Reach); v++)
        {
            for (var u = Math.Max(0, x - Reach); u <= Math.Min(size.Width - 1, x + Reach); u++)
            {
                var label = labels[(v * size.Width) + u];
                var side = label == labels[one] ? 1 : label == labels[other] ? -1 : 0;
                across += side * (u - x);
                down += side * (v - y);
            }
        }

        var normal = across == 0 && down == 0 ? Math.Atan2((other - one) / size.Width, (other - one) % size.Width) : Math.Atan2(down, across);
        var step = (int)Math.Round((normal - (Math.PI / 2)) * BoundaryMap.Orientations / Math.PI);
        return ((step % BoundaryMap.Orientations) + BoundaryMap.Orientations) % BoundaryMap.Orientations;
    }
}
