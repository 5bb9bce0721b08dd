namespace Maskwright.Cli.Evaluation;

/// <summary>Means of values over all samples and over groups of them, for any weights of the items that the samples belong to.</summary>
internal sealed class GroupedMeans
{
    private readonly IReadOnlyList<Measure> _measures;
    private readonly List<(string Table, string Row)> _rows = [];
    private readonly Dictionary<(string Table, string Row), int> _positions = [];
    private readonly List<long> _counts = [];
    private readonly Dictionary<int, (double Sum, double Count)[]>[] _items;

    /// <summary>Starts without samples.</summary>
    /// <param name="measures">The values of a sample.</param>
    /// <param name="itemCount">How many items samples can belong to.</param>
    public GroupedMeans(IReadOnlyList<Measure> measures, int itemCount)
    {
        _measures = measures;
        _items = [.. Enumerable.Range(0, itemCount).Select(_ => new Dictionary<int, (double Sum, double Count)[]>())];
    }

    /// <summary>Adds a sample.</summary>
    /// <param name="item">The item that it belongs to.</param>
    /// <param name="groups">The row of each table that it counts in.</param>
    /// <param name="values">One value a measure; NaN where there is none.</param>
    public void Add(int item, IEnumerable<(string Table, string Row)> groups, IReadOnlyList<double> values)
    {
        foreach (var group in groups)
        {
            if (!_positions.TryGetValue(group, out var row))
            {
                _positions[group] = row = _rows.Count;
                _rows.Add(group);
                _counts.Add(0);
            }

            _counts[row]++;
            var cells = _items[item].TryGetValue(row, out var known) ? known : _items[item][row] = new (double, double)[_measures.Count];
            for (var m = 0; m < cells.Length; m++)
            {
                cells[m] = double.IsNaN(values[m]) ? cells[m] : (cells[m].Sum + values[m], cells[m].Count + 1);
            }
        }
    }

    /// <summary>The tables that the samples made, with their rows in an order.</summary>
    /// <param name="table">Its name.</param>
    /// <param name="order">The rows wanted, in this order; null for all as they came.</param>
    public IReadOnlyList<ScoreRow> Rows(string table, IEnumerable<string>? order = null) =>
        [.. (order ?? _rows.Where(row => row.Table == table).Select(row => row.Row)).Where(row => _positions.ContainsKey((table, row))).Select(row => new ScoreRow(row, _counts[_positions[(table, row)]]))];

    /// <summary>The means of all rows of a layout; rows that no sample made are NaN.</summary>
    /// <param name="layout">Tables of this class's measures.</param>
    /// <param name="weights">How often each item counts.</param>
    public double[] Means(ScoreLayout layout, int[] weights)
    {
        var sums = new (double Sum, double Count)[_rows.Count * _measures.Count];
        for (var item = 0; item < _items.Length; item++)
        {
            if (weights[item] == 0)
            {
                continue;
            }

            foreach (var (row, cells) in _items[item])
            {
                for (var m = 0; m < cells.Length; m++)
                {
                    ref var sum = ref sums[(row * cells.Length) + m];
                    sum = (sum.Sum + (weights[item] * cells[m].Sum), sum.Count + (weights[item] * cells[m].Count));
                }
            }
        }

        return Arrange(layout, sums);
    }

    private double[] Arrange(ScoreLayout layout, (double Sum, double Count)[] sums)
    {
        var values = new double[layout.CellCount];
        Array.Fill(values, double.NaN);
        for (var t = 0; t < layout.Tables.Count; t++)
        {
            for (var r = 0; r < layout.Tables[t].Rows.Count; r++)
            {
                if (_positions.TryGetValue((layout.Tables[t].Name, layout.Tables[t].Rows[r].Name), out var row))
                {
                    for (var m = 0; m < _measures.Count; m++)
                    {
                        var (sum, count) = sums[(row * _measures.Count) + m];
                        values[layout.Cell(t, r, m)] = count == 0 ? double.NaN : sum / count;
                    }
                }
            }
        }

        return values;
    }
}
