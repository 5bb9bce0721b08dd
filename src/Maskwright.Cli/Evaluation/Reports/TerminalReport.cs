using System.Globalization;
using Maskwright.Cli.Reporting;

namespace Maskwright.Cli.Evaluation.Reports;

/// <summary>Writes the scores as tables for a terminal.</summary>
internal sealed class TerminalReport(ScoreSheet sheet, TextWriter target)
{
    private const int MaxRows = 30;

    private bool HasSeveral => sheet.Models.Count > 1;

    /// <summary>Writes all tables, the comparison, and the notes.</summary>
    public void Write()
    {
        target.WriteLine(sheet.Outcome.Title);
        Overall();
        for (var t = 1; t < sheet.Layout.Tables.Count; t++)
        {
            if (sheet.Layout.Tables[t].Rows.Count > 0)
            {
                Group(t);
            }
        }

        if (HasSeveral && sheet.HasIntervals)
        {
            Comparison();
        }

        foreach (var note in sheet.Outcome.Notes)
        {
            target.WriteLine();
            target.WriteLine($"Note: {note}");
        }
    }

    // A measure a line: the intervals have room then.
    private void Overall()
    {
        var table = sheet.Layout.Tables[0];
        if (!HasSeveral)
        {
            Lines(["MEASURE", .. Enumerable.Range(0, table.Rows.Count).Select(r => table.Rows.Count > 1 ? RowName(table, r).ToUpperInvariant() : "VALUE"), "MEANING"], m =>
                Enumerable.Range(0, table.Rows.Count).Select(r => Cell(0, 0, r, m, withInterval: true)));
            return;
        }

        for (var r = 0; r < table.Rows.Count; r++)
        {
            Lines([table.Rows.Count > 1 ? RowName(table, r).ToUpperInvariant() : "MEASURE", .. sheet.Models.Select(model => model.Name), "MEANING"], m =>
                Enumerable.Range(0, sheet.Models.Count).Select(model => Cell(model, 0, r, m, withInterval: true)));
        }
    }

    private void Lines(string[] heading, Func<int, IEnumerable<string>> values)
    {
        var measures = sheet.Layout.Tables[0].Measures;
        target.WriteLine();
        var rows = Enumerable.Range(0, measures.Count).Select(m => (string[])[measures[m].Name, .. values(m), measures[m].Meaning]);
        TextTable.Write(target, heading, rows.Where(row => row[1..^1].Any(value => value != ScoreText.None)));
    }

    private void Group(int t)
    {
        var table = sheet.Layout.Tables[t];
        target.WriteLine();
        var shown = Shown(t);
        var measures = Enumerable.Range(0, table.Measures.Count)
            .Where(m => shown.Any(r => Enumerable.Range(0, sheet.Models.Count).Any(model => !double.IsNaN(sheet.Cell(model, t, r, m).Value)))).ToList();
        var hasCounts = table.Rows.Any(row => row.Count is not null);
        string[] heading =
        [
            "BY " + table.Name.ToUpperInvariant(), .. hasCounts ? (string[])[table.Unit.ToUpperInvariant()] : [], .. HasSeveral ? (string[])["MODEL"] : [],
            .. measures.Select(m => table.Measures[m].Name),
        ];
        var rows = from r in shown
                   from model in Enumerable.Range(0, sheet.Models.Count)
                   select (string[])
                   [
                       model == 0 ? table.Rows[r].Name : string.Empty,
                       .. hasCounts ? (string[])[model == 0 ? Count(table.Rows[r]) : string.Empty] : [],
                       .. HasSeveral ? (string[])[sheet.Models[model].Name] : [],
                       .. measures.Select(m => Cell(model, t, r, m, withInterval: measures.Count <= 3)),
                   ];
        TextTable.Write(target, heading, rows);
        if (shown.Count < table.Rows.Count)
        {
            target.WriteLine($"({table.Rows.Count - shown.Count} more rows, all of them higher; --json and --report have them)");
        }
    }

    // Of many rows those with the lowest first measure are shown: they are what one looks for.
    private List<int> Shown(int t)
    {
        var rows = Enumerable.Range(0, sheet.Layout.Tables[t].Rows.Count);
        double Worst(int r) => Enumerable.Range(0, sheet.Models.Count).Select(model => sheet.Cell(model, t, r, 0).Value).Where(v => !double.IsNaN(v)).DefaultIfEmpty(double.MaxValue).Min();
        return [.. sheet.Layout.Tables[t].Rows.Count <= MaxRows ? rows : rows.OrderBy(Worst).Take(MaxRows)];
    }

    private void Comparison()
    {
        var table = sheet.Layout.Tables[0];
        target.WriteLine();
        var hasRows = table.Rows.Count > 1;
        string[] heading = [$"AGAINST {sheet.Models[0].Name}", .. hasRows ? (string[])["OVER"] : [], "MEASURE", "DIFFERENCE", "INTERVAL", "P", "HIGHER IN"];
        var rows = from model in Enumerable.Range(1, sheet.Models.Count - 1)
                   from r in Enumerable.Range(0, table.Rows.Count)
                   from m in Enumerable.Range(0, table.Measures.Count)
                   let measure = table.Measures[m]
                   let comparison = sheet.Compare(model, 0, r, m)
                   where !double.IsNaN(comparison.Difference.Value)
                   select (string[])
                   [
                       sheet.Models[model].Name, .. hasRows ? (string[])[RowName(table, r)] : [], measure.Name,
                       ScoreText.Signed(comparison.Difference.Value, measure), ScoreText.SignedRange(comparison.Difference, measure), ScoreText.PValue(comparison.PValue),
                       string.Create(CultureInfo.InvariantCulture, $"{100 * comparison.SecondHigher:0}% of draws"),
                   ];
        TextTable.Write(target, heading, rows);
    }

    private static string RowName(ScoreTable table, int row) => table.Rows[row].Count is { } count
        ? string.Create(CultureInfo.InvariantCulture, $"{table.Rows[row].Name} ({count})")
        : table.Rows[row].Name;

    private static string Count(ScoreRow row) => row.Count?.ToString(CultureInfo.InvariantCulture) ?? string.Empty;

    private string Cell(int model, int table, int row, int m, bool withInterval)
    {
        var measure = sheet.Layout.Tables[table].Measures[m];
        var cell = sheet.Cell(model, table, row, m);
        return withInterval ? $"{ScoreText.Of(cell.Value, measure)} {ScoreText.Range(cell, measure)}".TrimEnd() : ScoreText.Of(cell.Value, measure);
    }
}
