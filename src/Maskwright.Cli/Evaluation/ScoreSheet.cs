using Maskwright.Metrics;

namespace Maskwright.Cli.Evaluation;

/// <summary>All values of all models, with their intervals, and how the others compare with the first.</summary>
internal sealed class ScoreSheet
{
    private readonly ConfidenceInterval[][] _cells;
    private readonly Func<int, int, int, ScoreDifference>? _compare;

    private ScoreSheet(EvaluationOutcome outcome, ConfidenceInterval[][] cells, Func<int, int, int, ScoreDifference>? compare) =>
        (Outcome, _cells, _compare) = (outcome, cells, compare);

    public EvaluationOutcome Outcome { get; }

    public IReadOnlyList<EvaluatedModel> Models => Outcome.Models;

    public ScoreLayout Layout => Outcome.Layout;

    /// <summary>False where nothing was resampled: intervals have no ends then, and there are no comparisons.</summary>
    public bool HasIntervals => _compare is not null;

    public static ScoreSheet Of(EvaluationOutcome outcome, BootstrapOptions? options, CancellationToken cancellationToken)
    {
        if (options is null || outcome.ItemCount < 2)
        {
            var whole = Enumerable.Repeat(1, outcome.ItemCount).ToArray();
            var values = outcome.Models.Select(model => model.Scores(whole).Select(v => new ConfidenceInterval(v, double.NaN, double.NaN, double.NaN)).ToArray());
            return new ScoreSheet(outcome, [.. values], null);
        }

        var drawn = JointBootstrap.Run(outcome.ItemCount, [.. outcome.Models.Select(model => model.Scores)], options, outcome.Strata, cancellationToken);
        var cells = Enumerable.Range(0, outcome.Models.Count)
            .Select(model => Enumerable.Range(0, outcome.Layout.CellCount).Select(cell => drawn.Interval(model, cell)).ToArray());
        return new ScoreSheet(outcome, [.. cells], drawn.Compare);
    }

    public ConfidenceInterval Cell(int model, int table, int row, int measure) => _cells[model][Layout.Cell(table, row, measure)];

    /// <summary>How a model compares with the first.</summary>
    public ScoreDifference Compare(int model, int table, int row, int measure) =>
        (_compare ?? throw new InvalidOperationException("Nothing was resampled."))(0, model, Layout.Cell(table, row, measure));
}
