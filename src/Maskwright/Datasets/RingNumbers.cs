using Maskwright.Geometry;

namespace Maskwright.Datasets;

/// <summary>Rings as corners and as flat lists of numbers.</summary>
internal static class RingNumbers
{
    public static PixelPoint[] Pairs(ReadOnlySpan<double> xy)
    {
        if (xy.Length % 2 != 0)
        {
            throw new ArgumentException($"A ring needs pairs of coordinates, but {xy.Length} numbers are given.", nameof(xy));
        }

        var ring = new PixelPoint[xy.Length / 2];
        for (var i = 0; i < ring.Length; i++)
        {
            ring[i] = new PixelPoint(xy[2 * i], xy[(2 * i) + 1]);
        }

        return ring;
    }

    public static double[] Of(IReadOnlyList<PixelPoint> ring)
    {
        ArgumentNullException.ThrowIfNull(ring);
        var xy = new double[ring.Count * 2];
        for (var i = 0; i < ring.Count; i++)
        {
            (xy[2 * i], xy[(2 * i) + 1]) = (ring[i].X, ring[i].Y);
        }

        return xy;
    }
}
