namespace Maskwright.Cli.Evaluation;

/// <summary>A table of measures: the same ones for each of some groups of items.</summary>
/// <param name="Name">What the groups are: overall, set, class, size.</param>
/// <param name="Measures">The columns.</param>
/// <param name="Rows">The groups.</param>
internal sealed record ScoreTable(string Name, IReadOnlyList<Measure> Measures, IReadOnlyList<ScoreRow> Rows)
{
    /// <summary>What the rows count: objects, images, pixels.</summary>
    public string Unit { get; init; } = "objects";

    public int CellCount => Measures.Count * Rows.Count;
}
