using System.Text.RegularExpressions;

namespace Maskwright.Bench.Fuzzing;

/// <summary>Damages JSON, XML and other text by its own parts: numbers, values, whole elements, brackets.</summary>
internal sealed partial class TextMutation(Random random)
{
    private static readonly string[] _numbers =
    [
        "0", "-1", "-0", "1.5", "2147483648", "4294967296", "9223372036854775808", "99999999999999999999999", "1e308", "-1e308", "1e400", "1e-400", "NaN", "Infinity", "0x10", "01", "1e6",
        "123456789",
    ];

    private static readonly string[] _values = ["null", "true", "\"\"", "[]", "{}", "[[]]", "\"\\ud800\"", "\"x\"", "-5", "{\"size\":[1,1],\"counts\":\"0\"}", "[1,2,3]", "\"\\u0000\"", "\"../../x\""];

    private static readonly string[] _insertions =
    [
        "<!DOCTYPE a [<!ENTITY b \"c\">]>", "&b;", "&#x0;", "<![CDATA[", "]]>", "<!--", "\0", "\ufeff", ",", "]", "}", "\"", "</a>", "<a b='1'>", "//", "\\", "\n\n", "%", "\u00ff",
    ];

    /// <summary>Changes one thing.</summary>
    public string Damage(string text) => random.Next(16) switch
    {
        0 or 1 or 9 or 10 or 11 or 12 => Replace(Number(), text, _numbers),
        2 or 13 or 14 => Replace(Value(), text, _values),
        3 => Replace(Word(), text, [.. Word().Matches(text).Select(match => match.Value)]),
        4 => Insert(text, _insertions[random.Next(_insertions.Length)]),
        5 => Nest(text),
        6 => Repeat(text),
        7 => Remove(text),
        _ => Insert(text, new string((char)random.Next(32, 127), 1 << random.Next(17))),
    };

    [GeneratedRegex(@"-?\d+(\.\d+)?([eE][-+]?\d+)?")]
    private static partial Regex Number();

    [GeneratedRegex("""
        (?<=[:=\[,]\s*)("[^"]*"|\[[^\[\]]*\]|\{[^{}]*\}|[\w.+-]+)
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Value();

    [GeneratedRegex(@"[A-Za-z_]\w+")]
    private static partial Regex Word();

    // An element with its brackets or tags, or a line.
    [GeneratedRegex("""
        \{[^{}]*\} | \[[^\[\]]*\] | <(\w+)[^>]*>[^<]*</\1> | <[^<>]*> | [^\n]*\n
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Element();

    private string Replace(Regex what, string text, string[] by) =>
        Pick(what, text) is { } match && by.Length > 0 ? text[..match.Index] + by[random.Next(by.Length)] + text[(match.Index + match.Length)..] : text;

    private string Insert(string text, string what)
    {
        var at = random.Next(text.Length + 1);
        return text[..at] + what + text[at..];
    }

    private string Nest(string text)
    {
        var (open, close, depth) = (random.Next(4), random.Next(2) == 0, 1 << random.Next(4, 17));
        var (before, after) = open switch { 0 => ("[", "]"), 1 => ("{\"a\":", "}"), 2 => ("<a>", "</a>"), _ => ("(", ")") };
        return Pick(Value(), text) is { } match
            ? text[..match.Index] + string.Concat(Enumerable.Repeat(before, depth)) + match.Value + (close ? string.Concat(Enumerable.Repeat(after, depth)) : "") + text[(match.Index + match.Length)..]
            : string.Concat(Enumerable.Repeat(before, depth)) + text;
    }

    private string Repeat(string text)
    {
        var count = 1 << random.Next(10);
        return Pick(Element(), text) is { } match
            ? text[..match.Index] + string.Join(random.Next(2) == 0 ? "," : "", Enumerable.Repeat(match.Value, Math.Min(count, 1 + (100_000 / match.Length)))) + text[(match.Index + match.Length)..]
            : text;
    }

    private string Remove(string text) => Pick(Element(), text) is { } match ? text.Remove(match.Index, match.Length) : text;

    // One of the matches from a random place on, so that long texts do not cost much.
    private Match? Pick(Regex what, string text)
    {
        var match = what.Match(text, random.Next(text.Length + 1));
        match = match.Success && match.Length > 0 ? match : what.Match(text);
        return match.Success && match.Length > 0 ? match : null;
    }
}
