using System.Globalization;

namespace Maskwright.Cli.Evaluation.Semantic;

/// <summary>The names of classes, by label.</summary>
internal static class ClassList
{
    /// <summary>Reads a list: a name a line, labelled from 0 on; or a label and a name, with a space, tab, comma or colon between.</summary>
    /// <exception cref="InvalidAnnotationException">A line cannot be read, or a label stands there twice.</exception>
    public static SortedDictionary<int, string> Read(string path)
    {
        var classes = new SortedDictionary<int, string>();
        var lines = File.ReadAllLines(path).Select(line => line.Trim().TrimStart('\uFEFF')).ToList();
        var isNumbered = lines.Where(line => line.Length > 0).All(line => Numbered(line) is not null);
        for (var i = 0; i < lines.Count; i++)
        {
            if (lines[i].Length == 0)
            {
                continue;
            }

            var (label, name) = isNumbered && Numbered(lines[i]) is { } numbered ? numbered : (classes.Count, lines[i]);
            if (!classes.TryAdd(label, name))
            {
                throw new InvalidAnnotationException(path, i + 1, $"the label {label} stands there twice");
            }
        }

        return classes.Count > 0 ? classes : throw new InvalidAnnotationException(path, null, "there is no class");
    }

    private static (int Label, string Name)? Numbered(string line)
    {
        var parts = line.Split([' ', '\t', ',', ':'], 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return parts.Length == 2 && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var label) ? (label, parts[1]) : null;
    }
}
