using System.Globalization;
using System.Text;
using Maskwright.Metrics;

namespace Maskwright.Cli.Evaluation.Reports.Html;

/// <summary>The tables of the page.</summary>
internal sealed class HtmlTables(ScoreSheet sheet, StringBuilder page)
{
    private const int OpenRows = 16;
    private const double Sure = 0.05;

    private IEnumerable<int> Models => Enumerable.Range(0, sheet.Models.Count);

    /// <summary>The overall scores, each with a strip that shows its interval.</summary>
    public void Overall()
    {
        var table = sheet.Layout.Tables[0];
        for (var r = 0; r < table.Rows.Count; r++)
        {
            page.Append(CultureInfo.InvariantCulture, $"<section><h2>{(table.Rows.Count > 1 ? HtmlText.Of(Capital(RowName(table.Rows[r]))) : "Scores")}</h2><div class=\"scroll\"><table><thead><tr><th class=\"t\">measure</th>");
            page.Append(string.Concat(sheet.Models.Select(model => $"<th>{(sheet.Models.Count > 1 ? HtmlText.Of(model.Name) : "value")}</th>"))).Append("<th></th><th class=\"t\">meaning</th></tr></thead><tbody>\n");
            for (var m = 0; m < table.Measures.Count; m++)
            {
                if (Models.Any(model => !double.IsNaN(sheet.Cell(model, 0, r, m).Value)))
                {
                    Measure(table.Measures[m], [.. Models.Select(model => sheet.Cell(model, 0, r, m))]);
                }
            }

            page.Append("</tbody></table></div></section>\n");
        }
    }

    /// <summary>How the other models compare with the first.</summary>
    public void Comparison()
    {
        if (sheet.Models.Count < 2 || !sheet.HasIntervals)
        {
            return;
        }

        page.Append(CultureInfo.InvariantCulture, $"<section><h2>Against {HtmlText.Of(sheet.Models[0].Name)}</h2><div class=\"scroll\"><table><thead><tr><th class=\"t\">model</th><th class=\"t\">over</th><th class=\"t\">measure</th><th>difference</th><th>interval</th><th>p</th><th>higher in</th></tr></thead><tbody>\n");
        var table = sheet.Layout.Tables[0];
        foreach (var model in Models.Skip(1))
        {
            for (var r = 0; r < table.Rows.Count; r++)
            {
                for (var m = 0; m < table.Measures.Count; m++)
                {
                    Difference(sheet.Models[model].Name, RowName(table.Rows[r]), table.Measures[m], sheet.Compare(model, 0, r, m));
                }
            }
        }

        page.Append(CultureInfo.InvariantCulture, $"</tbody></table></div><p class=\"key\">The same {HtmlText.Of(sheet.Outcome.ItemName)} are drawn for all models. p is twice the smaller share of draws on either side of no difference; bold below {Sure}. <i>Higher in</i> is the share of draws in which the model is higher.</p></section>\n");
    }

    /// <summary>The scores of groups.</summary>
    public void Groups()
    {
        var tables = Enumerable.Range(1, sheet.Layout.Tables.Count - 1).Where(t => sheet.Layout.Tables[t].Rows.Count > 0).ToList();
        if (tables.Count == 0)
        {
            return;
        }

        page.Append("<section><h2>Groups</h2>\n");
        tables.ForEach(Group);
        page.Append("</section>\n");
    }

    private void Group(int t)
    {
        var table = sheet.Layout.Tables[t];
        var measures = Enumerable.Range(0, table.Measures.Count).Where(m => Enumerable.Range(0, table.Rows.Count).Any(r => Models.Any(model => !double.IsNaN(sheet.Cell(model, t, r, m).Value)))).ToList();
        page.Append(CultureInfo.InvariantCulture, $"<details{(table.Rows.Count <= OpenRows ? " open" : string.Empty)}><summary>By {HtmlText.Of(table.Name)} ({table.Rows.Count})</summary><div class=\"scroll\"><table><thead><tr><th class=\"t\">{HtmlText.Of(table.Name)}</th><th>{HtmlText.Of(table.Unit)}</th>");
        page.Append(sheet.Models.Count > 1 ? "<th class=\"t\">model</th>" : string.Empty).Append(string.Concat(measures.Select(m => $"<th>{HtmlText.Of(table.Measures[m].Name)}</th>"))).Append("</tr></thead><tbody>\n");
        for (var r = 0; r < table.Rows.Count; r++)
        {
            foreach (var model in Models)
            {
                var (name, count) = model == 0 ? (table.Rows[r].Name, table.Rows[r].Count?.ToString(CultureInfo.InvariantCulture) ?? string.Empty) : (string.Empty, string.Empty);
                page.Append(CultureInfo.InvariantCulture, $"<tr><td class=\"t\">{HtmlText.Of(name)}</td><td>{count}</td>");
                page.Append(sheet.Models.Count > 1 ? $"<td class=\"t\"><span class=\"swatch {HtmlStyle.Fill(model)}\"></span>{HtmlText.Of(sheet.Models[model].Name)}</td>" : string.Empty);
                page.Append(string.Concat(measures.Select(m => Cell(sheet.Cell(model, t, r, m), table.Measures[m], measures.Count <= 4)))).Append("</tr>\n");
            }
        }

        page.Append("</tbody></table></div></details>\n");
    }

    private void Measure(Measure measure, ConfidenceInterval[] cells)
    {
        page.Append(CultureInfo.InvariantCulture, $"<tr><td class=\"t\">{HtmlText.Of(measure.Name)}</td>").Append(string.Concat(cells.Select(cell => Cell(cell, measure, withRange: true))));
        page.Append(CultureInfo.InvariantCulture, $"<td class=\"strip\">{IntervalStrip.Draw(cells, measure)}</td><td class=\"m\">{HtmlText.Of(measure.Meaning)}</td></tr>\n");
    }

    private void Difference(string model, string over, Measure measure, ScoreDifference difference)
    {
        if (double.IsNaN(difference.Difference.Value))
        {
            return;
        }

        var style = difference.PValue < Sure ? " class=\"sure\"" : string.Empty;
        page.Append(CultureInfo.InvariantCulture, $"<tr><td class=\"t\">{HtmlText.Of(model)}</td><td class=\"t\">{HtmlText.Of(over)}</td><td class=\"t\">{HtmlText.Of(measure.Name)}</td><td{style}>{ScoreText.Signed(difference.Difference.Value, measure)}</td>");
        page.Append(CultureInfo.InvariantCulture, $"<td>{ScoreText.SignedRange(difference.Difference, measure)}</td><td>{ScoreText.PValue(difference.PValue).Replace("<", "&lt;", StringComparison.Ordinal)}</td><td>{100 * difference.SecondHigher:0}%</td></tr>\n");
    }

    private static string Cell(ConfidenceInterval cell, Measure measure, bool withRange)
    {
        var range = ScoreText.Range(cell, measure);
        return $"<td title=\"{range}\">{ScoreText.Of(cell.Value, measure)}{(withRange && range.Length > 0 ? $"<span class=\"r\">{range}</span>" : string.Empty)}</td>";
    }

    private static string RowName(ScoreRow row) => row.Count is { } count ? string.Create(CultureInfo.InvariantCulture, $"{row.Name} ({count})") : row.Name;

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
