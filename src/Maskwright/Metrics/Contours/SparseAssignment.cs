namespace Maskwright.Metrics;

/// <summary>Assigns rows to columns one to one: as many as possible (up to a cost for leaving a row out), at the least total cost.</summary>
/// <remarks>Shortest augmenting paths with column prices: Jonker, Volgenant 1987, for sparse costs.</remarks>
internal sealed class SparseAssignment
{
    private const int None = -1;

    private readonly int[] _firstEdge;
    private readonly int[] _columns;
    private readonly int[] _costs;
    private readonly int _leaveOutCost;
    private readonly long[] _prices;
    private readonly int[] _rowOfColumn;
    private readonly int[] _edgeOfRow;
    private readonly long[] _distances;
    private readonly int[] _edgeTo;
    private readonly int[] _rowBefore;
    private readonly List<int> _reached = [];
    private readonly List<int> _scanned = [];
    private readonly PriorityQueue<int, long> _queue = new();

    /// <summary>Takes a problem.</summary>
    /// <param name="firstEdge">[rows + 1] where each row's edges start.</param>
    /// <param name="columns">The column of each edge.</param>
    /// <param name="costs">The cost of each edge, at least 0.</param>
    /// <param name="columnCount">The number of columns.</param>
    /// <param name="leaveOutCost">What it costs to leave a row without column.</param>
    public SparseAssignment(int[] firstEdge, int[] columns, int[] costs, int columnCount, int leaveOutCost)
    {
        (_firstEdge, _columns, _costs, _leaveOutCost) = (firstEdge, columns, costs, leaveOutCost);
        _prices = new long[columnCount];
        _distances = new long[columnCount];
        Array.Fill(_distances, long.MaxValue);
        _edgeTo = new int[columnCount];
        _rowBefore = new int[columnCount];
        _rowOfColumn = new int[columnCount];
        Array.Fill(_rowOfColumn, None);
        _edgeOfRow = new int[firstEdge.Length - 1];
        Array.Fill(_edgeOfRow, None);
    }

    /// <summary>Finds the assignment.</summary>
    /// <returns>[rows] the column of each row; -1 for rows left out.</returns>
    public int[] Solve()
    {
        for (var row = 0; row < _edgeOfRow.Length; row++)
        {
            Assign(row);
        }

        return [.. _edgeOfRow.Select(edge => edge == None ? None : _columns[edge])];
    }

    private void Assign(int start)
    {
        long leaveOut = _leaveOutCost; // the cheapest way so far that leaves some row out, and that row
        var leftOut = start;
        var end = None;
        Reach(start, 0);
        while (end == None && _queue.TryDequeue(out var column, out var distance))
        {
            if (distance > _distances[column])
            {
                continue;
            }

            if (distance >= leaveOut)
            {
                break;
            }

            if (_rowOfColumn[column] == None)
            {
                end = column;
                leaveOut = distance;
                continue;
            }

            _scanned.Add(column);
            var row = _rowOfColumn[column];
            var offset = _costs[_edgeOfRow[row]] - _prices[column] - distance;
            if (_leaveOutCost - offset < leaveOut)
            {
                (leaveOut, leftOut) = (_leaveOutCost - offset, row);
            }

            Reach(row, offset);
        }

        Augment(start, end, leftOut);
        Reset(leaveOut);
    }

    private void Reach(int row, long offset)
    {
        for (var edge = _firstEdge[row]; edge < _firstEdge[row + 1]; edge++)
        {
            var column = _columns[edge];
            var distance = _costs[edge] - _prices[column] - offset;
            if (distance < _distances[column] && edge != _edgeOfRow[row])
            {
                if (_distances[column] == long.MaxValue)
                {
                    _reached.Add(column);
                }

                (_distances[column], _edgeTo[column], _rowBefore[column]) = (distance, edge, row);
                _queue.Enqueue(column, distance);
            }
        }
    }

    // Turns the path around, from its end back to the row that it started from.
    private void Augment(int start, int end, int leftOut)
    {
        if (end == None)
        {
            if (leftOut == start)
            {
                return;
            }

            end = _columns[_edgeOfRow[leftOut]];
            _edgeOfRow[leftOut] = None;
        }

        for (var column = end; ;)
        {
            var row = _rowBefore[column];
            var before = _edgeOfRow[row];
            (_edgeOfRow[row], _rowOfColumn[column]) = (_edgeTo[column], row);
            if (row == start)
            {
                return;
            }

            column = _columns[before];
        }
    }

    private void Reset(long total)
    {
        foreach (var column in _scanned)
        {
            _prices[column] += Math.Min(0, _distances[column] - total);
        }

        foreach (var column in _reached)
        {
            _distances[column] = long.MaxValue;
        }

        _reached.Clear();
        _scanned.Clear();
        _queue.Clear();
    }
}
