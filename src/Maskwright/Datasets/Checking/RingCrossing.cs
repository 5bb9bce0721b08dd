using Maskwright.Geometry;

namespace Maskwright.Datasets.Checking;

/// <summary>Finds where a closed ring crosses itself.</summary>
public static class RingCrossing
{
    /// <summary>Looks for two edges, not neighbours, that cross or lie on one another.</summary>
    /// <param name="ring">The corners of a closed ring in order; the last is joined to the first, and may repeat it.</param>
    /// <returns>A point of the first crossing along the ring; null when the ring is simple. Corners that coincide without a crossing count as simple.</returns>
    /// <remarks>Edges are sorted by their left ends, so that only edges whose spans overlap are compared.</remarks>
    public static PixelPoint? Find(IReadOnlyList<PixelPoint> ring)
    {
        ArgumentNullException.ThrowIfNull(ring);
        var corners = WithoutRepeats(ring);
        if (corners.Count < 4)
        {
            return null;
        }

        var edges = Enumerable.Range(0, corners.Count).Select(i => new Edge(i, corners[i], corners[(i + 1) % corners.Count])).OrderBy(e => e.Left).ToArray();
        (int First, PixelPoint At)? found = null;
        for (var i = 0; i < edges.Length; i++)
        {
            for (var j = i + 1; j < edges.Length && edges[j].Left <= edges[i].Right; j++)
            {
                if (Crossing(edges[i], edges[j], corners.Count) is { } at && Math.Min(edges[i].Index, edges[j].Index) is var first && (found is null || first < found.Value.First))
                {
                    found = (first, at);
                }
            }
        }

        return found?.At;
    }

    private static List<PixelPoint> WithoutRepeats(IReadOnlyList<PixelPoint> ring)
    {
        var corners = new List<PixelPoint>(ring.Count);
        foreach (var corner in ring)
        {
            if (corners.Count == 0 || corners[^1] != corner)
            {
                corners.Add(corner);
            }
        }

        while (corners.Count > 1 && corners[^1] == corners[0])
        {
            corners.RemoveAt(corners.Count - 1);
        }

        return corners;
    }

    private static PixelPoint? Crossing(Edge a, Edge b, int count)
    {
        if (a.Bottom < b.Top || b.Bottom < a.Top)
        {
            return null;
        }

        var apart = Math.Abs(a.Index - b.Index);
        if (apart == 1 || apart == count - 1)
        {
            return DoublesBack(a, b);
        }

        var (fromB, toB) = (Side(a, b.From), Side(a, b.To));
        var (fromA, toA) = (Side(b, a.From), Side(b, a.To));
        if (fromB * toB < 0 && fromA * toA < 0)
        {
            var t = fromA / (fromA - toA);
            return new PixelPoint(a.From.X + (t * (a.To.X - a.From.X)), a.From.Y + (t * (a.To.Y - a.From.Y)));
        }

        return fromB == 0 && toB == 0 && Overlap(a, b) ? b.From : null;
    }

    // Neighbours share a corner; they cross only when the ring turns round and runs back over itself.
    private static PixelPoint? DoublesBack(Edge a, Edge b)
    {
        var (ax, ay, bx, by) = (a.To.X - a.From.X, a.To.Y - a.From.Y, b.To.X - b.From.X, b.To.Y - b.From.Y);
        return (ax * by) - (ay * bx) == 0 && (ax * bx) + (ay * by) < 0 ? (a.To == b.From ? a.To : b.To) : null;
    }

    private static bool Overlap(Edge a, Edge b) =>
        Math.Min(a.Right, b.Right) > Math.Max(a.Left, b.Left) || Math.Min(a.Bottom, b.Bottom) > Math.Max(a.Top, b.Top);

    private static double Side(Edge edge, PixelPoint point) =>
        ((edge.To.X - edge.From.X) * (point.Y - edge.From.Y)) - ((edge.To.Y - edge.From.Y) * (point.X - edge.From.X));

    private readonly record struct Edge(int Index, PixelPoint From, PixelPoint To)
    {
        public double Left => Math.Min(From.X, To.X);

        public double Right => Math.Max(From.X, To.X);

        public double Top => Math.Min(From.Y, To.Y);

        public double Bottom => Math.Max(From.Y, To.Y);
    }
}
