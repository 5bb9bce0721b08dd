namespace Maskwright.Cli.Reporting;

/// <summary>A table of plain text that a person can read and <c>awk</c> can cut: columns are apart by at least two spaces, nothing is wrapped.</summary>
internal static class TextTable
{
    /// <summary>Writes a heading and rows; the last column is not padded.</summary>
    public static void Write(TextWriter target, string[] heading, IEnumerable<string[]> rows)
    {
        var all = rows.Prepend(heading).ToList();
        var widths = Enumerable.Range(0, heading.Length).Select(column => all.Max(row => row[column].Length)).ToArray();
        foreach (var row in all)
        {
            target.WriteLine(string.Join("  ", row.Select((cell, column) => column == row.Length - 1 ? cell : cell.PadRight(widths[column]))).TrimEnd());
        }
    }
}
