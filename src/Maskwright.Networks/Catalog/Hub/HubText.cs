using System.Globalization;

namespace Maskwright.Networks.Catalog.Hub;

/// <summary>Wording shared by the messages of this room.</summary>
internal static class HubText
{
    private const int LongestQuote = 300;

    /// <summary>Makes a server's words fit to be shown: no control characters (terminals obey them), and not too long.</summary>
    public static string Clean(string text)
    {
        var shown = text.Length > LongestQuote ? text[..LongestQuote] + "..." : text;
        return string.Concat(shown.Select(letter => char.IsControl(letter) ? ' ' : letter)).Trim();
    }

    /// <summary>A size for people: <c>38.9 MB</c>, powers of 1000.</summary>
    public static string Size(long bytes) => bytes switch
    {
        >= 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.00} GB"),
        >= 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.0} MB"),
        >= 1_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:0.0} kB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes} bytes"),
    };

    /// <summary>A length of time for people: <c>90 s</c>, <c>12 min</c>, <c>3 h</c>.</summary>
    public static string Duration(TimeSpan time) => time switch
    {
        { TotalHours: >= 2 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalHours:0.#} h"),
        { TotalMinutes: >= 2 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMinutes:0.#} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.#} s"),
    };
}
