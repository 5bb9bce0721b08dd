namespace Maskwright.Cli;

/// <summary>Finds what a mistyped word may have meant.</summary>
internal static class Spelling
{
    /// <summary>The words that lie within a third of the typed word's letters, the nearest first.</summary>
    public static IEnumerable<string> Near(string typed, IEnumerable<string> words) => words
        .Select(word => (word, Distance: Distance(typed, word)))
        .Where(candidate => candidate.Distance <= Math.Max(1, typed.Length / 3))
        .OrderBy(candidate => candidate.Distance)
        .Select(candidate => candidate.word);

    /// <summary>The word that is nearest to the typed one, however far; the first of equals.</summary>
    public static string Nearest(string typed, IEnumerable<string> words) => words.MinBy(word => Distance(typed, word))!; // there are words

    // Levenshtein, one row.
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var (diagonal, left) = (row[0], i);
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                left = Math.Min(diagonal + (a[i - 1] == b[j - 1] ? 0 : 1), Math.Min(row[j], left) + 1);
                (diagonal, row[j]) = (row[j], left);
            }
        }

        return row[^1];
    }
}
