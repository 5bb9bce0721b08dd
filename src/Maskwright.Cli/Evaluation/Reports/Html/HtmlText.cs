using System.Globalization;
using System.Net;

namespace Maskwright.Cli.Evaluation.Reports.Html;

/// <summary>Text and numbers inside a page.</summary>
internal static class HtmlText
{
    public static string Of(string text) => WebUtility.HtmlEncode(text);

    /// <summary>A coordinate of a drawing.</summary>
    public static string Of(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
