using Maskwright.Geometry;

namespace Maskwright.PostProcessing;

/// <summary>The corners of several rings, each linked to its neighbours, from which corners are taken away.</summary>
internal sealed class RingCorners
{
    private readonly PixelPoint[] _points;
    private readonly int[] _previous;
    private readonly int[] _next;
    private readonly int[] _ringOf;
    private readonly int[] _remaining;
    private readonly bool[] _isGone;
    private readonly CornerGrid? _grid;
    private readonly PolygonSimplificationOptions _options;

    public RingCorners(IReadOnlyList<PixelPoint[]> rings, PolygonSimplificationOptions options)
    {
        _options = options;
        _points = [.. rings.SelectMany(ring => ring)];
        _ringOf = [.. rings.SelectMany((ring, number) => Enumerable.Repeat(number, ring.Length))];
        _remaining = [.. rings.Select(ring => ring.Length)];
        (_previous, _next, _isGone) = (new int[_points.Length], new int[_points.Length], new bool[_points.Length]);
        for (int number = 0, first = 0; number < rings.Count; first += rings[number++].Length)
        {
            var count = rings[number].Length;
            for (var i = 0; i < count; i++)
            {
                (_previous[first + i], _next[first + i]) = (first + ((i + count - 1) % count), first + ((i + 1) % count));
            }
        }

        _grid = options.KeepsTopology && _points.Length > 0 ? new CornerGrid(_points) : null;
    }

    /// <summary>The rings as they are now.</summary>
    public List<PixelPoint[]> Rings() =>
        [.. Enumerable.Range(0, _points.Length).Where(i => !_isGone[i]).GroupBy(i => _ringOf[i]).Select(ring => ring.Select(i => _points[i]).ToArray())];

    /// <summary>The area of the triangle that a corner makes with its neighbours.</summary>
    public double TriangleArea(int corner) => Math.Abs(Cross(_points[_previous[corner]], _points[corner], _points[_next[corner]])) / 2;

    /// <summary>Takes away corners of a weight up to a limit, the least first, where topology allows it; again and again until nothing more can go.</summary>
    /// <param name="limit">The largest weight that goes.</param>
    /// <param name="weight">A corner's weight.</param>
    /// <param name="changesWithNeighbours">Whether weights change when neighbours go; they never fall below those of the corners that went before.</param>
    public void RemoveUpTo(double limit, Func<int, double> weight, bool changesWithNeighbours)
    {
        var weights = new double[_points.Length];
        var candidates = Enumerable.Range(0, _points.Length).ToList();
        var isChanged = true;
        while (isChanged)
        {
            isChanged = false;
            var open = new PriorityQueue<int, (double Weight, int Corner)>();
            var waiting = new List<int>();
            candidates.ForEach(corner => open.Enqueue(corner, (weights[corner] = weight(corner), corner)));
            while (open.TryDequeue(out var corner, out var rank) && rank.Weight <= limit)
            {
                if (_isGone[corner] || rank.Weight != weights[corner])
                {
                    continue;
                }

                if (!CanGo(corner))
                {
                    waiting.Add(corner);
                    continue;
                }

                isChanged = true;
                var (a, b) = Remove(corner);
                foreach (var neighbour in changesWithNeighbours ? [a, b] : Array.Empty<int>())
                {
                    weights[neighbour] = Math.Max(rank.Weight, weight(neighbour));
                    open.Enqueue(neighbour, (weights[neighbour], neighbour));
                }
            }

            candidates = waiting;
        }
    }

    private (int Previous, int Next) Remove(int corner)
    {
        var (a, b) = (_previous[corner], _next[corner]);
        (_next[a], _previous[b], _isGone[corner]) = (b, a, true);
        _remaining[_ringOf[corner]]--;
        _grid?.Remove(corner);
        return (a, b);
    }

    private bool CanGo(int corner)
    {
        if (_remaining[_ringOf[corner]] <= _options.MinCorners)
        {
            return false;
        }

        var (a, b) = (_previous[corner], _next[corner]);
        return _grid is null || !_grid.Near(_points[a], _points[corner], _points[b])
            .Any(other => other != a && other != b && other != corner && IsInTriangle(_points[other], _points[a], _points[corner], _points[b]));
    }

    private static bool IsInTriangle(PixelPoint p, PixelPoint a, PixelPoint b, PixelPoint c)
    {
        var (ab, bc, ca) = (Cross(a, b, p), Cross(b, c, p), Cross(c, a, p));
        var isFlat = Cross(a, b, c) == 0;
        return isFlat
            ? ab == 0 && bc == 0 && ca == 0 && InBox(p, a, b, c)
            : (ab >= 0 && bc >= 0 && ca >= 0) || (ab <= 0 && bc <= 0 && ca <= 0);
    }

    private static bool InBox(PixelPoint p, PixelPoint a, PixelPoint b, PixelPoint c) =>
        p.X >= Math.Min(a.X, Math.Min(b.X, c.X)) && p.X <= Math.Max(a.X, Math.Max(b.X, c.X))
        && p.Y >= Math.Min(a.Y, Math.Min(b.Y, c.Y)) && p.Y <= Math.Max(a.Y, Math.Max(b.Y, c.Y));

    private static double Cross(PixelPoint a, PixelPoint b, PixelPoint c) => ((b.X - a.X) * (c.Y - a.Y)) - ((b.Y - a.Y) * (c.X - a.X));
}
