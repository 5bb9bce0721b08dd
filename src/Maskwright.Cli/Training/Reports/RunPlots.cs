using System.Text.Json.Nodes;
using Maskwright.Cli.Evaluation.Reports;
using Maskwright.Metrics;

namespace Maskwright.Cli.Training.Reports;

/// <summary>The curves of a run.</summary>
/// <param name="log">What was logged.</param>
/// <param name="judgements">How it was judged.</param>
internal sealed class RunPlots(RunLog log, RunLog judgements)
{
    private const int MostPoints = 300;

    private static readonly HashSet<string> s_ofTheRun = ["step", "steps", "side", "learning_rate", "loss", "gradient_norm", "crops_per_second", "seconds"];

    /// <summary>All plots, each with the names of its lines.</summary>
    public IEnumerable<(Plot Plot, IReadOnlyList<string> Names)> All()
    {
        var parts = log.Entries.Count == 0 ? [] : log.Entries[^1].Select(pair => pair.Key).Where(key => !s_ofTheRun.Contains(key) && log.Entries.Any(entry => double.IsFinite(RunLog.Number(entry, key)))).ToList();
        (Plot?, IReadOnlyList<string>)[] plots =
        [
            Loss(),
            Judged(),
            Lines("Parts of the loss", "On the crops that are learned from; means over some steps.", [.. parts.Where(part => !IsShare(part))]),
            Lines("On the crops that are learned from", "How good answers are while learning; means over some steps.", [.. parts.Where(IsShare)]),
            Groups(),
            Lines("Learning rate", "After warm-up, plateau and decay.", ["learning_rate"]),
            Lines("Norm of the gradient", "Before it is shortened.", ["gradient_norm"]),
        ];
        return plots.Where(plot => plot.Item1 is not null).Select(plot => (plot.Item1!, plot.Item2)); // the others were left out
    }

    private static bool IsShare(string part) => part.EndsWith("_iou", StringComparison.Ordinal) || part == "accuracy";

    private (Plot?, IReadOnlyList<string>) Loss()
    {
        var learned = Smooth(Points(log, entry => RunLog.Number(entry, "loss")));
        var judged = Points(judgements, entry => RunLog.Numbers(entry, "measures").GetValueOrDefault("loss", double.NaN));
        List<(string Name, List<(double, double)> Points)> lines = [("crops learned from", learned), .. judged.Count > 0 ? [("images judged on", judged)] : Array.Empty<(string, List<(double, double)>)>()];
        return Plotted("Loss", "Everything that is minimised; means over some steps.", lines, dotted: 1);
    }

    private (Plot?, IReadOnlyList<string>) Judged()
    {
        var names = judgements.Entries.SelectMany(entry => RunLog.Numbers(entry, "measures").Keys).Distinct().Where(name => !MeasureText.IsLoss(name)).ToList();
        return Plotted(
            "On images judged on",
            "The averaged weights; the best are kept.",
            [.. names.Select(name => (MeasureText.Spoken(name), Points(judgements, entry => RunLog.Numbers(entry, "measures").GetValueOrDefault(name, double.NaN))))],
            dotted: 0);
    }

    private (Plot?, IReadOnlyList<string>) Lines(string title, string caption, List<string> names) =>
        Plotted(title, caption, [.. names.Select(name => (MeasureText.Spoken(name), Smooth(Points(log, entry => RunLog.Number(entry, name)))))], dotted: int.MaxValue);

    private (Plot?, IReadOnlyList<string>) Groups()
    {
        var best = judgements.Entries.LastOrDefault(entry => entry["is_best"]?.GetValue<bool>() == true);
        if (best is null || RunLog.Numbers(best, "groups") is not { Count: > 0 } values)
        {
            return (null, []);
        }

        var measure = MeasureText.Spoken(RunLog.Numbers(best, "measures").Keys.First());
        var rows = values.OrderByDescending(value => double.IsNaN(value.Value) ? -1 : value.Value)
            .Select(value => (value.Key, (IReadOnlyList<ConfidenceInterval>)[new ConfidenceInterval(value.Value, double.NaN, double.NaN, double.NaN)])).ToList();
        return (
            new BarPlot($"{Of(measure)} of each", $"At step {RunLog.Step(best)}, the best; what no image shows has no bar.", PlotAxis.Share(Of(measure)), rows),
            [measure]);
    }

    private static string Of(string measure) => measure.Replace("mean ", string.Empty, StringComparison.Ordinal);

    private static (Plot?, IReadOnlyList<string>) Plotted(string title, string caption, List<(string Name, List<(double X, double Y)> Points)> lines, int dotted)
    {
        lines = [.. lines.Where(line => line.Points.Count > 0)];
        if (lines.Count == 0)
        {
            return (null, []);
        }

        var all = lines.SelectMany(line => line.Points).ToList();
        var (low, high) = (Math.Min(0, all.Min(point => point.Y)), all.Max(point => point.Y));
        var (x, y) = (new PlotAxis("step", 0, Math.Max(1, all.Max(point => point.X))), new PlotAxis(string.Empty, low, high > low ? high + ((high - low) * 0.04) : low + 1));
        return (new LinePlot(title, caption, x, y, [.. lines.Select((line, i) => new PlotSeries(null, i, line.Points) { HasDots = i >= dotted || line.Points.Count == 1 })]), [.. lines.Select(line => line.Name)]);
    }

    private static List<(double X, double Y)> Points(RunLog entries, Func<JsonObject, double> value) =>
        [.. entries.Entries.Select(entry => (X: (double)RunLog.Step(entry), Y: value(entry))).Where(point => double.IsFinite(point.Y))];

    // Means of neighbours, so that a long run has a line and not a band.
    private static List<(double X, double Y)> Smooth(List<(double X, double Y)> points) => points.Count <= MostPoints
        ? points
        : [.. points.Chunk((points.Count + MostPoints - 1) / MostPoints).Select(chunk => (chunk[^1].X, chunk.Average(point => point.Y)))];
}
