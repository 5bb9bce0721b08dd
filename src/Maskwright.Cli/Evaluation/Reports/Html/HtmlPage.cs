using System.Globalization;
using System.Text;

namespace Maskwright.Cli.Evaluation.Reports.Html;

/// <summary>What all pages have: one file that needs nothing else, without scripts, for light and dark surroundings.</summary>
internal static class HtmlPage
{
    /// <summary>Begins a page.</summary>
    /// <param name="page">Where it is written.</param>
    /// <param name="title">Its title, as plain text.</param>
    /// <param name="moreStyle">Rules of this kind of page.</param>
    public static void Open(StringBuilder page, string title, string moreStyle = "") => page.Append(
        CultureInfo.InvariantCulture,
        $"<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{HtmlText.Of(title)}</title>\n<style>\n{HtmlStyle.Text}{moreStyle}</style>\n</head>\n<body>\n<main>\n");

    /// <summary>Ends a page.</summary>
    /// <returns>The page as text.</returns>
    public static string Close(StringBuilder page) => page.Append("</main>\n</body>\n</html>\n").ToString();

    /// <summary>A JPEG picture inside the page, as the source of an image.</summary>
    public static string Source(byte[] jpeg) => $"data:image/jpeg;base64,{Convert.ToBase64String(jpeg)}";

    /// <summary>A list of names and values.</summary>
    public static void Facts(StringBuilder page, string heading, IEnumerable<(string Name, string Value)> facts)
    {
        page.Append(CultureInfo.InvariantCulture, $"<section><h2>{HtmlText.Of(heading)}</h2><dl>");
        foreach (var (name, value) in facts)
        {
            page.Append(CultureInfo.InvariantCulture, $"<dt>{HtmlText.Of(name)}</dt><dd>{HtmlText.Of(value)}</dd>");
        }

        page.Append("</dl></section>\n");
    }
}
