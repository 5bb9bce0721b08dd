using System.Text;
using Maskwright.Metrics;

namespace Maskwright.Cli.Evaluation.Reports.Html;

/// <summary>A small drawing of values and their intervals, one line a model.</summary>
internal static class IntervalStrip
{
    private const int Width = 200, Row = 11, Edge = 6;

    public static string Draw(IReadOnlyList<ConfidenceInterval> cells, Measure measure)
    {
        var (low, high) = Range(cells, measure);
        var height = (Row * cells.Count) + 6;
        double At(double value) => Edge + ((Math.Clamp(value, low, high) - low) / (high - low) * (Width - (2 * Edge)));
        var svg = new StringBuilder($"<svg viewBox=\"0 0 {Width} {height}\" role=\"img\" aria-hidden=\"true\">");
        svg.Append($"<line class=\"g\" x1=\"{Edge}\" x2=\"{Width - Edge}\" y1=\"{height - 1}\" y2=\"{height - 1}\"/>");
        for (var i = 0; i < cells.Count; i++)
        {
            if (!double.IsFinite(cells[i].Value))
            {
                continue;
            }

            var y = 3 + (Row * i) + (Row / 2.0);
            if (double.IsFinite(cells[i].Low) && double.IsFinite(cells[i].High))
            {
                svg.Append($"<line class=\"k {HtmlStyle.Stroke(i)}\" x1=\"{HtmlText.Of(At(cells[i].Low))}\" x2=\"{HtmlText.Of(At(cells[i].High))}\" y1=\"{HtmlText.Of(y)}\" y2=\"{HtmlText.Of(y)}\"/>");
            }

            svg.Append($"<circle class=\"{HtmlStyle.Fill(i)}\" cx=\"{HtmlText.Of(At(cells[i].Value))}\" cy=\"{HtmlText.Of(y)}\" r=\"4\"/>");
        }

        return svg.Append("</svg>").ToString();
    }

    // Shares stand between 0 and 1; other measures between 0 and the highest end.
    private static (double Low, double High) Range(IReadOnlyList<ConfidenceInterval> cells, Measure measure)
    {
        var highest = cells.SelectMany(cell => (double[])[cell.Value, cell.High]).Where(double.IsFinite).DefaultIfEmpty(1).Max();
        var lowest = cells.SelectMany(cell => (double[])[cell.Value, cell.Low]).Where(double.IsFinite).DefaultIfEmpty(0).Min();
        return measure.IsShare ? (Math.Min(0, lowest), Math.Max(1, highest)) : (Math.Min(0, lowest), Math.Max(highest * 1.05, 1e-9));
    }
}
