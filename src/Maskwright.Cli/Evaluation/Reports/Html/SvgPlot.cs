using System.Text;

namespace Maskwright.Cli.Evaluation.Reports.Html;

/// <summary>Draws plots as SVG inside the page, in the page's own colours.</summary>
internal static class SvgPlot
{
    private const int Width = 520, Height = 300, Left = 54, Right = 14, Top = 10, Bottom = 40;

    public static string Draw(Plot plot, IReadOnlyList<string> models) => plot switch
    {
        LinePlot lines => Lines(lines, models),
        HistogramPlot histogram => Histogram(histogram),
        BarPlot bars => SvgBars.Draw(bars, models),
        MatrixPlot matrix => SvgMatrix.Draw(matrix),
        _ => throw new ArgumentException("Not a kind of plot.", nameof(plot)),
    };

    private static string Lines(LinePlot plot, IReadOnlyList<string> models)
    {
        var frame = new Frame(plot.X, plot.Y);
        var svg = Begin(plot.Title, frame);
        foreach (var series in plot.Series.Where(s => s.Points.Count > 0).OrderBy(s => !s.IsFaint))
        {
            var name = HtmlText.Of(series.Name ?? models[series.Model]);
            var points = string.Join(' ', series.Points.Select(p => $"{HtmlText.Of(frame.X(p.X))},{HtmlText.Of(frame.Y(p.Y))}"));
            svg.Append($"<polyline class=\"k {HtmlStyle.Stroke(series.Model)}{(series.IsFaint ? " faint" : string.Empty)}\" points=\"{points}\"><title>{name}</title></polyline>\n");
            foreach (var (x, y) in series.HasDots ? series.Points : [])
            {
                svg.Append($"<circle class=\"{HtmlStyle.Fill(series.Model)}\" cx=\"{HtmlText.Of(frame.X(x))}\" cy=\"{HtmlText.Of(frame.Y(y))}\" r=\"3.2\"><title>{name}: {HtmlText.Of(x)}, {ScoreText.Share(y)}</title></circle>\n");
            }
        }

        Names(plot, models, frame, svg);
        return svg.Append("</svg>").ToString();
    }

    // Lines with names of their own are named at their ends, the lower ones moved down so that the names do not cover each other.
    private static void Names(LinePlot plot, IReadOnlyList<string> models, Frame frame, StringBuilder svg)
    {
        var last = double.NegativeInfinity;
        foreach (var series in plot.Series.Where(s => s.Points.Count > 0 && s.Name is not null).OrderBy(s => frame.Y(s.Points[0].Y)))
        {
            var y = Math.Max(frame.Y(series.Points[0].Y) + 4, last + 14);
            last = y;
            svg.Append($"<text class=\"n\" x=\"{frame.X(plot.X.Low) + 6}\" y=\"{HtmlText.Of(Math.Min(y + 10, Height - Bottom - 4))}\">{HtmlText.Of(series.Name ?? models[series.Model])}</text>\n");
        }
    }

    private static string Histogram(HistogramPlot plot)
    {
        var high = Math.Max(0.05, plot.Shares.SelectMany(s => s).DefaultIfEmpty(0).Max() * 1.06);
        var frame = new Frame(plot.X, new PlotAxis("share", 0, high));
        var svg = Begin(plot.Title, frame);
        for (var model = 0; model < plot.Shares.Count; model++)
        {
            var shares = plot.Shares[model];
            var width = (plot.X.High - plot.X.Low) / shares.Count;
            var path = new StringBuilder($"M{HtmlText.Of(frame.X(plot.X.Low))},{HtmlText.Of(frame.Y(0))}");
            for (var i = 0; i < shares.Count; i++)
            {
                var y = HtmlText.Of(frame.Y(shares[i]));
                path.Append($"V{y}H{HtmlText.Of(frame.X(plot.X.Low + (width * (i + 1))))}");
            }

            path.Append($"V{HtmlText.Of(frame.Y(0))}");
            svg.Append($"<path class=\"o {HtmlStyle.Fill(model)}\" d=\"{path}Z\"/><path class=\"k {HtmlStyle.Stroke(model)}\" d=\"{path}\"/>\n");
        }

        return svg.Append("</svg>").ToString();
    }

    private static StringBuilder Begin(string title, Frame frame)
    {
        var svg = new StringBuilder($"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{HtmlText.Of(title)}\">\n");
        foreach (var tick in AxisTicks.Of(frame.YAxis))
        {
            var y = HtmlText.Of(frame.Y(tick));
            svg.Append($"<line class=\"g\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{y}\" y2=\"{y}\"/><text x=\"{Left - 7}\" y=\"{HtmlText.Of(frame.Y(tick) + 4)}\" text-anchor=\"end\">{AxisTicks.Text(tick)}</text>\n");
        }

        foreach (var tick in AxisTicks.Of(frame.XAxis))
        {
            svg.Append($"<line class=\"a\" x1=\"{HtmlText.Of(frame.X(tick))}\" x2=\"{HtmlText.Of(frame.X(tick))}\" y1=\"{Height - Bottom}\" y2=\"{Height - Bottom + 4}\"/><text x=\"{HtmlText.Of(frame.X(tick))}\" y=\"{Height - Bottom + 18}\" text-anchor=\"middle\">{AxisTicks.Text(tick)}</text>\n");
        }

        svg.Append($"<line class=\"a\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{Height - Bottom}\" y2=\"{Height - Bottom}\"/>");
        svg.Append($"<text x=\"{(Left + Width - Right) / 2}\" y=\"{Height - 4}\" text-anchor=\"middle\">{HtmlText.Of(frame.XAxis.Title)}</text>");
        return svg.Append($"<text x=\"12\" y=\"{(Top + Height - Bottom) / 2}\" text-anchor=\"middle\" transform=\"rotate(-90 12 {(Top + Height - Bottom) / 2})\">{HtmlText.Of(frame.YAxis.Title)}</text>\n");
    }

    private sealed record Frame(PlotAxis XAxis, PlotAxis YAxis)
    {
        public double X(double value) => Left + ((Math.Clamp(value, XAxis.Low, XAxis.High) - XAxis.Low) / Math.Max(1e-12, XAxis.High - XAxis.Low) * (Width - Left - Right));

        public double Y(double value) => Height - Bottom - ((Math.Clamp(value, YAxis.Low, YAxis.High) - YAxis.Low) / Math.Max(1e-12, YAxis.High - YAxis.Low) * (Height - Top - Bottom));
    }
}
