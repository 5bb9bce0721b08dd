namespace Maskwright.Cli.Evaluation;

/// <summary>Where the values of all tables stand in one list: table by table, row by row.</summary>
internal sealed class ScoreLayout
{
    private readonly int[] _starts;

    public ScoreLayout(IReadOnlyList<ScoreTable> tables)
    {
        Tables = tables;
        _starts = new int[tables.Count];
        for (var i = 0; i < tables.Count; i++)
        {
            _starts[i] = CellCount;
            CellCount += tables[i].CellCount;
        }
    }

    /// <summary>The tables; the first is the overall one.</summary>
    public IReadOnlyList<ScoreTable> Tables { get; }

    public int CellCount { get; }

    public int Cell(int table, int row, int measure) => _starts[table] + (row * Tables[table].Measures.Count) + measure;

    public int TableNamed(string name) => Enumerable.Range(0, Tables.Count).FirstOrDefault(i => Tables[i].Name == name, -1);
}
