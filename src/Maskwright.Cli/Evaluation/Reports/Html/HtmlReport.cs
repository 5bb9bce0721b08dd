using System.Globalization;
using System.Text;
using Maskwright.Formats.Images;

namespace Maskwright.Cli.Evaluation.Reports.Html;

/// <summary>The page: one file that needs nothing else, without scripts, for light and dark surroundings.</summary>
internal sealed class HtmlReport(ScoreSheet sheet, IReadOnlyList<WorstCase> cases, IReadOnlyList<(string Name, string Value)> versions)
{
    private const int JpegQuality = 82;

    private readonly StringBuilder _page = new();

    /// <summary>The page as text.</summary>
    /// <param name="now">The time that it bears.</param>
    public string Write(DateTimeOffset now)
    {
        var title = HtmlText.Of(sheet.Outcome.Title);
        HtmlPage.Open(_page, sheet.Outcome.Title);
        _page.Append(CultureInfo.InvariantCulture, $"<header><p class=\"eyebrow\">Maskwright evaluation &middot; {HtmlText.Of(sheet.Outcome.Protocol)}</p><h1>{title}</h1><p class=\"sub\">{now.UtcDateTime:yyyy-MM-dd HH:mm} UTC</p>{Legend()}</header>\n");
        Notes();
        new HtmlTables(sheet, _page).Overall();
        new HtmlTables(sheet, _page).Comparison();
        Plots();
        new HtmlTables(sheet, _page).Groups();
        Cases();
        HtmlPage.Facts(_page, "Settings and versions", sheet.Outcome.Settings.Concat(versions));
        return HtmlPage.Close(_page);
    }

    private string Legend() => sheet.Models.Count < 2 ? string.Empty :
        "<ul class=\"legend\">" + string.Concat(sheet.Models.Select((model, i) => $"<li><span class=\"swatch {HtmlStyle.Fill(i)}\"></span>{HtmlText.Of(model.Name)}</li>")) + "</ul>";

    private void Notes()
    {
        if (sheet.Outcome.Notes.Count > 0)
        {
            _page.Append("<section class=\"notes\"><h2>To know before reading</h2><ul>");
            sheet.Outcome.Notes.ToList().ForEach(note => _page.Append(CultureInfo.InvariantCulture, $"<li>{HtmlText.Of(note)}</li>"));
            _page.Append("</ul></section>\n");
        }
    }

    private void Plots()
    {
        var plots = sheet.Outcome.Plots(sheet);
        if (plots.Count == 0)
        {
            return;
        }

        _page.Append("<section><h2>Plots</h2><div class=\"plots\">\n");
        foreach (var plot in plots)
        {
            _page.Append(CultureInfo.InvariantCulture, $"<figure class=\"plot\"><h3>{HtmlText.Of(plot.Title)}</h3>\n");
            _page.Append(SvgPlot.Draw(plot, [.. sheet.Models.Select(model => model.Name)]));
            _page.Append(CultureInfo.InvariantCulture, $"<figcaption>{HtmlText.Of(plot.Caption)}</figcaption></figure>\n");
        }

        _page.Append("</div></section>\n");
    }

    private void Cases()
    {
        if (cases.Count == 0)
        {
            return;
        }

        _page.Append("<section><h2>Worst cases</h2><p class=\"key\"><span class=\"line truth\"></span>ground truth <span class=\"line found\"></span>prediction; tinted where they differ, in the colour of the one that has the pixel.</p>\n");
        foreach (var group in cases.GroupBy(c => c.Model))
        {
            _page.Append(sheet.Models.Count > 1 ? $"<h3>{HtmlText.Of(group.Key)}</h3>\n" : string.Empty).Append("<div class=\"cases\">\n");
            foreach (var worst in group)
            {
                var picture = HtmlPage.Source(ImageWriter.EncodeJpeg(worst.Picture, JpegQuality));
                var (title, caption) = (HtmlText.Of(worst.Title), HtmlText.Of(worst.Caption));
                _page.Append(CultureInfo.InvariantCulture, $"<figure><div class=\"frame\"><img alt=\"{title}\" width=\"{worst.Picture.Width}\" height=\"{worst.Picture.Height}\" src=\"{picture}\"></div><figcaption><b>{title}</b><br>{caption}</figcaption></figure>\n");
            }

            _page.Append("</div>\n");
        }

        _page.Append("</section>\n");
    }
}
