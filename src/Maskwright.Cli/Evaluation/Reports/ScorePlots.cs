namespace Maskwright.Cli.Evaluation.Reports;

/// <summary>Plots that come straight from a table of scores.</summary>
internal static class ScorePlots
{
    private const int MaxBars = 40;

    /// <summary>Bars for the rows of a table, one plot a measure; nothing for tables or measures that are not there.</summary>
    public static IEnumerable<Plot> Bars(ScoreSheet sheet, string table, IReadOnlyList<string> measures)
    {
        var t = sheet.Layout.TableNamed(table);
        foreach (var name in t < 0 || sheet.Layout.Tables[t].Rows.Count < 2 ? [] : measures)
        {
            var m = Enumerable.Range(0, sheet.Layout.Tables[t].Measures.Count).FirstOrDefault(i => sheet.Layout.Tables[t].Measures[i].Name == name, -1);
            if (m >= 0)
            {
                yield return Bars(sheet, t, m);
            }
        }
    }

    private static BarPlot Bars(ScoreSheet sheet, int t, int m)
    {
        var table = sheet.Layout.Tables[t];
        var models = Enumerable.Range(0, sheet.Models.Count).ToList();
        var all = Enumerable.Range(0, table.Rows.Count).Where(r => models.Any(model => !double.IsNaN(sheet.Cell(model, t, r, m).Value)))
            .OrderByDescending(r => models.Select(model => sheet.Cell(model, t, r, m).Value).Where(v => !double.IsNaN(v)).Average()).ToList();
        var shown = all.Count <= MaxBars ? all : [.. all.Take(MaxBars / 2), .. all.TakeLast(MaxBars / 2)];
        var caption = all.Count <= MaxBars ? "Lines are confidence intervals." : $"The best {MaxBars / 2} and the worst {MaxBars / 2} of {all.Count}. Lines are confidence intervals.";
        var high = table.Measures[m].IsShare ? 1 : Math.Max(1e-9, shown.SelectMany(r => models.Select(model => sheet.Cell(model, t, r, m))).Where(c => double.IsFinite(c.Value)).Max(c => double.IsFinite(c.High) ? c.High : c.Value));
        return new BarPlot(
            $"{table.Measures[m].Name} by {table.Name}", caption, new PlotAxis(table.Measures[m].Name, 0, high),
            [.. shown.Select(r => (table.Rows[r].Name, (IReadOnlyList<Metrics.ConfidenceInterval>)[.. models.Select(model => sheet.Cell(model, t, r, m))]))]);
    }
}
