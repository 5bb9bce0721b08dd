namespace Maskwright.Segmentation;

/// <summary>Decides which points of a grid to ask next: a coarse grid, then where the answers so far leave most open.</summary>
/// <param name="side">Points along each side of the grid, n.</param>
/// <param name="coarseStep">Every so many of them make the coarse grid.</param>
internal sealed class PointSchedule(int side, int coarseStep)
{
    private const double FineDetailOnly = 1e9;
    private const double Unexplained = 2e9;

    private readonly bool[] _isAsked = new bool[side * side];
    private readonly bool[] _isExplained = new bool[side * side];
    private readonly bool[] _isInSmallest = new bool[side * side];
    private readonly int[] _squaredDistance = [.. Enumerable.Repeat(int.MaxValue / 4, side * side)];
    private readonly Queue<int> _coarse = new(CoarseGrid(side, coarseStep));

    /// <summary>The next points, by their numbers row by row; fewer when the grid is at its end.</summary>
    /// <param name="count">At most so many.</param>
    /// <remarks>First the coarse grid. Then points that no mask explains; then those that only the larger masks of their neighbours explain, so that an edge runs
    /// between them and the neighbour; then the rest. Among equals that one which is farthest from all that were asked.</remarks>
    public IReadOnlyList<int> Next(int count)
    {
        var chosen = new List<int>();
        while (chosen.Count < count && (_coarse.Count > 0 ? _coarse.Dequeue() : MostOpen()) is var point and >= 0)
        {
            Mark(point);
            chosen.Add(point);
        }

        return chosen;
    }

    /// <summary>Takes note of an accepted mask.</summary>
    /// <param name="covered">[n x n] which points lie in it.</param>
    /// <param name="explains">Whether it is small enough to explain what lies in it.</param>
    /// <param name="isSmallest">Whether it is the smallest accepted mask of its point.</param>
    public void Note(ReadOnlySpan<bool> covered, bool explains, bool isSmallest)
    {
        for (var i = 0; i < covered.Length; i++)
        {
            _isExplained[i] |= covered[i] && explains;
            _isInSmallest[i] |= covered[i] && isSmallest;
        }
    }

    // Every other point of the coarse grid first: when time ends early, the whole image has been looked at.
    private static IEnumerable<int> CoarseGrid(int side, int step)
    {
        var places = Enumerable.Range(0, side).Where(i => i % step == step / 2).ToArray();
        var all = from row in Enumerable.Range(0, places.Length)
                  from column in Enumerable.Range(0, places.Length)
                  orderby (row % 2) + (column % 2)
                  select (places[row] * side) + places[column];
        return all;
    }

    private int MostOpen()
    {
        var (best, bestValue) = (-1, double.NegativeInfinity);
        for (var i = 0; i < _isAsked.Length; i++)
        {
            var value = _squaredDistance[i] + (!_isExplained[i] ? Unexplained : !_isInSmallest[i] ? FineDetailOnly : 0);
            if (!_isAsked[i] && value > bestValue)
            {
                (best, bestValue) = (i, value);
            }
        }

        return best;
    }

    private void Mark(int point)
    {
        _isAsked[point] = true;
        var (y, x) = Math.DivRem(point, side);
        for (var i = 0; i < _squaredDistance.Length; i++)
        {
            var (dy, dx) = ((i / side) - y, (i % side) - x);
            _squaredDistance[i] = Math.Min(_squaredDistance[i], (dy * dy) + (dx * dx));
        }
    }
}
