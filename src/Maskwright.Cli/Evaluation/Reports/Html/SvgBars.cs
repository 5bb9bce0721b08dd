using System.Text;

namespace Maskwright.Cli.Evaluation.Reports.Html;

/// <summary>Draws horizontal bars, a group of them for each category.</summary>
internal static class SvgBars
{
    private const int Width = 520, Label = 150, Value = 52, Top = 4, Bottom = 24, Gap = 9;
    private const int LongestLabel = 22;

    public static string Draw(BarPlot plot, IReadOnlyList<string> models)
    {
        var thick = models.Count == 1 ? 16 : 14;
        var group = (thick * models.Count) + Gap;
        var height = Top + (group * plot.Rows.Count) + Bottom;
        double X(double value) => Label + ((Math.Clamp(value, plot.X.Low, plot.X.High) - plot.X.Low) / Math.Max(1e-12, plot.X.High - plot.X.Low) * (Width - Label - Value));
        var svg = new StringBuilder($"<svg viewBox=\"0 0 {Width} {height}\" role=\"img\" aria-label=\"{HtmlText.Of(plot.Title)}\">\n");
        foreach (var tick in AxisTicks.Of(plot.X))
        {
            svg.Append($"<line class=\"g\" x1=\"{HtmlText.Of(X(tick))}\" x2=\"{HtmlText.Of(X(tick))}\" y1=\"{Top}\" y2=\"{height - Bottom}\"/><text x=\"{HtmlText.Of(X(tick))}\" y=\"{height - 6}\" text-anchor=\"middle\">{AxisTicks.Text(tick)}</text>\n");
        }

        for (var r = 0; r < plot.Rows.Count; r++)
        {
            var (name, values) = plot.Rows[r];
            var top = Top + (group * r) + (Gap / 2);
            svg.Append($"<text class=\"n\" x=\"{Label - 8}\" y=\"{HtmlText.Of(top + (thick * models.Count / 2.0) + 4)}\" text-anchor=\"end\">{HtmlText.Of(Short(name))}<title>{HtmlText.Of(name)}</title></text>\n");
            for (var model = 0; model < values.Count; model++)
            {
                Bar(svg, values[model], $"{name}, {models[model]}", model, top + (thick * model), thick, X);
            }
        }

        return svg.Append("</svg>").ToString();
    }

    private static void Bar(StringBuilder svg, Metrics.ConfidenceInterval value, string title, int model, double y, int thick, Func<double, double> x)
    {
        if (!double.IsFinite(value.Value))
        {
            return;
        }

        var (middle, text) = (y + ((thick - 2) / 2.0), ScoreText.Of(value.Value, new Measure(string.Empty, string.Empty) { Decimals = value.Value >= 10 ? 1 : 3 }));
        svg.Append($"<rect class=\"{HtmlStyle.Fill(model)}\" x=\"{Label}\" y=\"{HtmlText.Of(y)}\" width=\"{HtmlText.Of(Math.Max(0.5, x(value.Value) - Label))}\" height=\"{thick - 2}\" rx=\"2\"><title>{HtmlText.Of(title)}: {text}</title></rect>");
        var end = x(value.Value);
        if (double.IsFinite(value.Low) && double.IsFinite(value.High))
        {
            end = Math.Max(end, x(value.High));
            svg.Append($"<line class=\"w\" x1=\"{HtmlText.Of(x(value.Low))}\" x2=\"{HtmlText.Of(x(value.High))}\" y1=\"{HtmlText.Of(middle)}\" y2=\"{HtmlText.Of(middle)}\"/>");
        }

        svg.Append($"<text x=\"{HtmlText.Of(end + 6)}\" y=\"{HtmlText.Of(middle + 4)}\">{text}</text>\n");
    }

    private static string Short(string name) => name.Length <= LongestLabel ? name : name[..(LongestLabel - 1)] + "…";
}
