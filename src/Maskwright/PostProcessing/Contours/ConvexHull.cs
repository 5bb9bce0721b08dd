using Maskwright.Geometry;
using Maskwright.Masks;

namespace Maskwright.PostProcessing;

/// <summary>The smallest convex polygon around pixels, through their centres.</summary>
/// <remarks>Andrew 1979, monotone chain, in exact whole numbers; the corners of OpenCV's <c>convexHull</c>, from another starting point.</remarks>
public static class ConvexHull
{
    /// <summary>The hull of a mask.</summary>
    /// <param name="mask">The mask.</param>
    /// <returns>Corners clockwise as seen, from the leftmost (of these the topmost) pixel; no three on a line. Empty for an empty mask.</returns>
    public static IReadOnlyList<PixelPosition> Of(BinaryMask mask)
    {
        ArgumentNullException.ThrowIfNull(mask);
        var ends = new List<PixelPosition>();
        for (var y = 0; y < mask.Height; y++)
        {
            var (first, last) = (int.MaxValue, -1);
            foreach (var (start, end) in new WordRuns(mask.Row(y), mask.Width))
            {
                (first, last) = (Math.Min(first, start), end - 1);
            }

            if (last >= 0)
            {
                ends.Add(new PixelPosition(first, y));
                ends.Add(new PixelPosition(last, y));
            }
        }

        return Of(ends);
    }

    /// <summary>The hull of points.</summary>
    /// <param name="points">Any number of points, in any order.</param>
    /// <returns>Corners clockwise as seen, from the leftmost (of these the topmost) point; no three on a line.</returns>
    public static IReadOnlyList<PixelPosition> Of(IEnumerable<PixelPosition> points)
    {
        ArgumentNullException.ThrowIfNull(points);
        PixelPosition[] sorted = [.. points.Distinct().OrderBy(point => point.X).ThenBy(point => point.Y)];
        if (sorted.Length < 3)
        {
            return sorted;
        }

        var hull = new List<PixelPosition>();
        AddChain(sorted, hull);
        Array.Reverse(sorted);
        AddChain(sorted, hull);
        return hull;
    }

    /// <summary>The pixels whose centres lie within the hull of a mask or on it.</summary>
    /// <param name="mask">The mask; not changed.</param>
    /// <returns>A new mask of the same size.</returns>
    public static BinaryMask Fill(BinaryMask mask)
    {
        var hull = Of(mask);
        var filled = new BinaryMask(mask.Size);
        for (var y = 0; hull.Count > 0 && y < mask.Height; y++)
        {
            var (left, right) = Span(hull, y);
            if (left <= right)
            {
                new RowRun(y, (int)left, (int)right + 1).Draw(filled);
            }
        }

        return filled;
    }

    // Everything but the chain's last point, with which the other chain begins.
    private static void AddChain(PixelPosition[] points, List<PixelPosition> hull)
    {
        var bottom = hull.Count;
        foreach (var point in points)
        {
            while (hull.Count >= bottom + 2 && Cross(hull[^2], hull[^1], point) <= 0)
            {
                hull.RemoveAt(hull.Count - 1);
            }

            hull.Add(point);
        }

        hull.RemoveAt(hull.Count - 1);
    }

    private static long Cross(PixelPosition a, PixelPosition b, PixelPosition c) =>
        (((long)b.X - a.X) * ((long)c.Y - a.Y)) - (((long)b.Y - a.Y) * ((long)c.X - a.X));

    private static (long Left, long Right) Span(IReadOnlyList<PixelPosition> hull, int y)
    {
        var (left, right) = (long.MaxValue, long.MinValue);
        for (var i = 0; i < hull.Count; i++)
        {
            var (a, b) = (hull[i], hull[(i + 1) % hull.Count]);
            (a, b) = a.Y <= b.Y ? (a, b) : (b, a);
            if (y < a.Y || y > b.Y)
            {
                continue;
            }

            var height = (long)b.Y - a.Y;
            var numerator = height == 0 ? 0 : ((long)y - a.Y) * ((long)b.X - a.X);
            var floor = height == 0 ? 0 : numerator >= 0 ? numerator / height : -((-numerator + height - 1) / height);
            var ceiling = height == 0 ? 0 : floor + (floor * height == numerator ? 0 : 1);
            left = Math.Min(left, height == 0 ? Math.Min(a.X, b.X) : a.X + ceiling);
            right = Math.Max(right, height == 0 ? Math.Max(a.X, b.X) : a.X + floor);
        }

        return (left, right);
    }
}
