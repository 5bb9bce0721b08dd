using Maskwright.Geometry;

namespace Maskwright.Formats.Shapes;

/// <summary>Cuts off what a polygon has outside the image, edge by edge.</summary>
/// <remarks>Sutherland and Hodgman 1974. Parts of a concave polygon stay tied together along the image's edge, which encloses nothing.</remarks>
internal static class ImageClipping
{
    /// <summary>Whether all corners lie on the image or its edge.</summary>
    public static bool IsInside(IEnumerable<PixelPoint> ring, ImageSize size) => ring.All(corner => corner.X >= 0 && corner.Y >= 0 && corner.X <= size.Width && corner.Y <= size.Height);

    /// <summary>The part of a ring within the image; fewer than three corners when there is none.</summary>
    public static IReadOnlyList<PixelPoint> Clip(IReadOnlyList<PixelPoint> ring, ImageSize size)
    {
        var left = Cut(ring, corner => corner.X, (a, b) => new PixelPoint(0, At(a.Y, b.Y, a.X, b.X, 0)));
        var top = Cut(left, corner => corner.Y, (a, b) => new PixelPoint(At(a.X, b.X, a.Y, b.Y, 0), 0));
        var right = Cut(top, corner => size.Width - corner.X, (a, b) => new PixelPoint(size.Width, At(a.Y, b.Y, a.X, b.X, size.Width)));
        return Cut(right, corner => size.Height - corner.Y, (a, b) => new PixelPoint(At(a.X, b.X, a.Y, b.Y, size.Height), size.Height));
    }

    private static List<PixelPoint> Cut(IReadOnlyList<PixelPoint> ring, Func<PixelPoint, double> depth, Func<PixelPoint, PixelPoint, PixelPoint> crossing)
    {
        var kept = new List<PixelPoint>(ring.Count + 4);
        for (var i = 0; i < ring.Count; i++)
        {
            var (from, to) = (ring[i == 0 ? ring.Count - 1 : i - 1], ring[i]);
            if (depth(from) < 0 != depth(to) < 0)
            {
                kept.Add(crossing(from, to));
            }

            if (depth(to) >= 0)
            {
                kept.Add(to);
            }
        }

        return kept;
    }

    private static double At(double u, double v, double from, double to, double edge) => u + ((v - u) * ((edge - from) / (to - from)));
}
