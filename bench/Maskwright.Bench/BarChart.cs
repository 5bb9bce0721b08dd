using System.Globalization;
using System.Net;
using System.Text;

namespace Maskwright.Bench;

/// <summary>A group of bars a case, as an SVG picture; each group has a scale of its own.</summary>
internal static class BarChart
{
    private const int Width = 900, Left = 330, Right = 90, LineHeight = 22, GroupGap = 34;

    private static readonly string[] Colours = ["#8a8f98", "#2a6fdb", "#2e9e5b", "#d1495b", "#7a4fbf", "#c98a1b"];

    /// <summary>Draws.</summary>
    /// <param name="title">What the numbers are.</param>
    /// <param name="bars">Bars of a group stand together.</param>
    public static string Draw(string title, IReadOnlyList<Bar> bars)
    {
        var groups = bars.GroupBy(bar => bar.Group).ToArray();
        var names = bars.Select(bar => bar.Name).Distinct().ToList();
        var height = 40 + groups.Sum(group => GroupGap + (group.Count() * LineHeight));
        var svg = new StringBuilder();
        Add(svg, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {height}\" font-family=\"sans-serif\" font-size=\"13\"><rect width=\"{Width}\" height=\"{height}\" fill=\"white\"/>");
        Add(svg, $"<text x=\"16\" y=\"24\" fill=\"#333\">{WebUtility.HtmlEncode(title)}</text>");
        var y = 40;
        foreach (var group in groups)
        {
            y += GroupGap;
            Add(svg, $"<text x=\"16\" y=\"{y - 8}\" fill=\"#111\" font-weight=\"bold\">{WebUtility.HtmlEncode(group.Key)}</text>");
            var longest = group.Max(bar => bar.Value);
            foreach (var bar in group)
            {
                var length = Math.Max(1, bar.Value / longest * (Width - Left - Right));
                Add(svg, $"<text x=\"{Left - 10}\" y=\"{y + 14}\" text-anchor=\"end\" fill=\"#333\">{WebUtility.HtmlEncode(bar.Name)}</text>");
                Add(svg, $"<rect x=\"{Left}\" y=\"{y + 2}\" width=\"{length:F1}\" height=\"{LineHeight - 6}\" fill=\"{Colours[names.IndexOf(bar.Name) % Colours.Length]}\"/>");
                Add(svg, $"<text x=\"{Left + length + 6:F1}\" y=\"{y + 14}\" fill=\"#333\">{bar.Value:0.00}</text>");
                y += LineHeight;
            }
        }

        return svg.Append("</svg>\n").ToString();
    }

    private static void Add(StringBuilder svg, FormattableString line) => svg.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}

/// <summary>A bar.</summary>
/// <param name="Group">What it stands with.</param>
/// <param name="Name">What it is; the same name has the same colour.</param>
/// <param name="Value">Its length.</param>
internal sealed record Bar(string Group, string Name, double Value);
