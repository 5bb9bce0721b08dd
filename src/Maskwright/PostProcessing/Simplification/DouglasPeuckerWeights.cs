using Maskwright.Geometry;

namespace Maskwright.PostProcessing;

/// <summary>For every corner of a ring the largest tolerance at which Douglas and Peucker's method still keeps it.</summary>
internal static class DouglasPeuckerWeights
{
    public static double[] Of(PixelPoint[] ring)
    {
        var weights = new double[ring.Length];
        var far = Enumerable.Range(1, ring.Length - 1).MaxBy(i => SquaredDistance(ring[0], ring[i]));
        weights[0] = weights[far] = double.PositiveInfinity;
        var open = new Stack<(int From, int To, double Limit)>([(0, far, double.PositiveInfinity), (far, ring.Length, double.PositiveInfinity)]);
        while (open.TryPop(out var part))
        {
            if (part.To - part.From < 2)
            {
                continue;
            }

            var (start, end) = (ring[part.From], ring[part.To % ring.Length]);
            var farthest = Enumerable.Range(part.From + 1, part.To - part.From - 1).MaxBy(i => ToSegment(ring[i], start, end));
            var weight = Math.Min(part.Limit, ToSegment(ring[farthest], start, end));
            weights[farthest] = weight;
            open.Push((part.From, farthest, weight));
            open.Push((farthest, part.To, weight));
        }

        return weights;
    }

    /// <summary>The distance of a point from a segment.</summary>
    public static double ToSegment(PixelPoint point, PixelPoint start, PixelPoint end)
    {
        var (dx, dy) = (end.X - start.X, end.Y - start.Y);
        var squared = (dx * dx) + (dy * dy);
        var along = squared == 0 ? 0 : Math.Clamp((((point.X - start.X) * dx) + ((point.Y - start.Y) * dy)) / squared, 0, 1);
        return Math.Sqrt(SquaredDistance(point, new PixelPoint(start.X + (along * dx), start.Y + (along * dy))));
    }

    private static double SquaredDistance(PixelPoint a, PixelPoint b) => ((a.X - b.X) * (a.X - b.X)) + ((a.Y - b.Y) * (a.Y - b.Y));
}
