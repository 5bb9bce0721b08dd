using System.Text;

namespace Maskwright.Graphs.Weights.Keys;

/// <summary>A name with places for numbers and words: <c>blocks.{i}.norm1.{p}</c>.</summary>
/// <remarks>
/// <c>{i}</c>, <c>{j}</c>, <c>{k}</c>, <c>{n}</c> take digits; other names in braces take one segment (no dot); a name after an asterisk, <c>{*rest}</c>,
/// takes any number of segments.
/// </remarks>
internal sealed class KeyPattern
{
    private readonly List<Piece> pieces = [];

    public KeyPattern(string text)
    {
        Text = text;
        for (var at = 0; at < text.Length;)
        {
            var open = text.IndexOf('{', at);
            var literalEnd = open < 0 ? text.Length : open;
            if (literalEnd > at)
            {
                pieces.Add(new Piece(text[at..literalEnd], PieceKind.Literal));
            }

            at = open < 0 ? text.Length : ReadPlace(text, open);
        }
    }

    private enum PieceKind
    {
        Literal,
        Number,
        Segment,
        Rest,
    }

    public string Text { get; }

    /// <summary>What the places hold when the whole key fits; null when it does not.</summary>
    public Dictionary<string, string>? Match(string key)
    {
        var values = new Dictionary<string, string>();
        return Match(key, 0, 0, values) ? values : null;
    }

    /// <summary>The name with its places filled; the caller has made sure that all have values.</summary>
    public string Fill(IReadOnlyDictionary<string, string> values)
    {
        var name = new StringBuilder();
        foreach (var piece in pieces)
        {
            name.Append(piece.Kind == PieceKind.Literal ? piece.Text : values[piece.Text]);
        }

        return name.ToString();
    }

    /// <summary>The names of the places.</summary>
    public IEnumerable<string> Places => pieces.Where(piece => piece.Kind != PieceKind.Literal).Select(piece => piece.Text);

    private int ReadPlace(string text, int open)
    {
        var close = text.IndexOf('}', open);
        var name = close < 0 ? throw new ArgumentException($"The pattern {text} lacks a closing brace.") : text[(open + 1)..close];
        pieces.Add(name switch
        {
            "i" or "j" or "k" or "n" => new Piece(name, PieceKind.Number),
            ['*', .. var rest] => new Piece(rest, PieceKind.Rest),
            _ => new Piece(name, PieceKind.Segment),
        });
        return close + 1;
    }

    private bool Match(string key, int at, int index, Dictionary<string, string> values)
    {
        if (index == pieces.Count)
        {
            return at == key.Length;
        }

        var piece = pieces[index];
        return piece.Kind switch
        {
            PieceKind.Literal => string.CompareOrdinal(key, at, piece.Text, 0, piece.Text.Length) == 0 && Match(key, at + piece.Text.Length, index + 1, values),
            PieceKind.Number => MatchPlace(key, at, EndOfDigits(key, at), index, values),
            PieceKind.Segment => MatchPlace(key, at, EndOfSegment(key, at), index, values),
            _ => MatchRest(key, at, index, values),
        };
    }

    private bool MatchPlace(string key, int at, int end, int index, Dictionary<string, string> values)
    {
        var name = pieces[index].Text;
        var value = key[at..end];
        var fits = value.Length > 0 && (!values.TryGetValue(name, out var earlier) || earlier == value);
        if (fits)
        {
            values[name] = value;
        }

        return fits && Match(key, end, index + 1, values);
    }

    // One such place a pattern: the longest stretch first, so that what follows it matches at the end of the key.
    private bool MatchRest(string key, int at, int index, Dictionary<string, string> values)
    {
        for (var end = key.Length; end > at; end--)
        {
            if (MatchPlace(key, at, end, index, values))
            {
                return true;
            }

            values.Remove(pieces[index].Text);
        }

        return false;
    }

    private static int EndOfDigits(string key, int at)
    {
        while (at < key.Length && char.IsAsciiDigit(key[at]))
        {
            at++;
        }

        return at;
    }

    private static int EndOfSegment(string key, int at) => key.IndexOf('.', at) is >= 0 and var dot ? dot : key.Length;

    private sealed record Piece(string Text, PieceKind Kind);
}
