using System.Text;

namespace Maskwright.Cli.Evaluation.Reports.Html;

/// <summary>Draws shares as a square of cells.</summary>
internal static class SvgMatrix
{
    private const int Width = 520, Label = 120, MaxCell = 34, LongestLabel = 18;

    public static string Draw(MatrixPlot plot)
    {
        var cell = Math.Min(MaxCell, (double)(Width - Label - 10) / Math.Max(1, plot.Names.Count));
        var side = cell * plot.Names.Count;
        var svg = new StringBuilder($"<svg viewBox=\"0 0 {Width} {HtmlText.Of(side + Label)}\" role=\"img\" aria-label=\"{HtmlText.Of(plot.Title)}\">\n");
        for (var r = 0; r < plot.Rows.Count; r++)
        {
            for (var c = 0; c < plot.Rows[r].Count; c++)
            {
                var share = plot.Rows[r][c];
                svg.Append($"<rect class=\"{(r == c ? "f0" : "f1")}\" fill-opacity=\"{HtmlText.Of(0.04 + (0.96 * Math.Sqrt(share)))}\" x=\"{HtmlText.Of(Label + (c * cell))}\" y=\"{HtmlText.Of(r * cell)}\" width=\"{HtmlText.Of(cell - 1)}\" height=\"{HtmlText.Of(cell - 1)}\"><title>{HtmlText.Of(plot.Names[r])} as {HtmlText.Of(plot.Names[c])}: {ScoreText.Share(share)}</title></rect>");
            }

            if (cell >= 9)
            {
                var (middle, name) = ((r + 0.5) * cell, HtmlText.Of(plot.Names[r].Length <= LongestLabel ? plot.Names[r] : plot.Names[r][..(LongestLabel - 1)] + "…"));
                svg.Append($"<text class=\"n\" x=\"{Label - 7}\" y=\"{HtmlText.Of(middle + 4)}\" text-anchor=\"end\">{name}</text>");
                svg.Append($"<text class=\"n\" text-anchor=\"end\" transform=\"translate({HtmlText.Of(Label + middle + 4)} {HtmlText.Of(side + 8)}) rotate(-55)\">{name}</text>\n");
            }
        }

        return svg.Append("</svg>").ToString();
    }
}
