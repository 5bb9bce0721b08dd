using System.Globalization;
using Maskwright.PostProcessing;

namespace Maskwright.Formats.Labels;

/// <summary>Reads a table of images and their label images: tab-separated, one image a line, with a line of headings.</summary>
/// <remarks>
/// Columns, in any order: <c>set</c>, <c>kind</c> (classes, regions, instances, nested), <c>image</c>, <c>labels</c> (several files separated by <c>;</c>),
/// and optionally <c>background</c>, <c>void</c> (a label, or <c>-</c> for none) and <c>min_area</c>. Where the last three do not stand there, classes have
/// background 0 and void 255 and the smallest object has 64 pixels; two customs of public sets are known by the set's name: <c>street</c> (CamVid) has no
/// background and void 11, <c>nuclei...</c> have objects from 8 pixels on. Paths are relative to the table.
/// </remarks>
public static class LabelledImageTable
{
    private static readonly string[] s_needed = ["set", "kind", "image", "labels"];
    private static readonly string[] s_optional = ["background", "void", "min_area"];

    /// <summary>Reads a table.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The images in the order of the lines. Whether their files exist is found out when they are read.</returns>
    /// <exception cref="InvalidAnnotationException">A column is missing or not known, or a line cannot be read.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IReadOnlyList<LabelledImage> Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? string.Empty;
        var images = new List<LabelledImage>();
        Dictionary<string, int>? columns = null;
        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            if (columns is null)
            {
                columns = Columns(path, line.TrimStart('\uFEFF').Split('\t'));
            }
            else if (line.Trim().Length > 0)
            {
                images.Add(Image(new Row(path, number, columns, line.Split('\t')), folder));
            }
        }

        return columns is null ? throw new InvalidAnnotationException(path, 1, "the table is empty; a line of headings is needed") : images;
    }

    private static Dictionary<string, int> Columns(string path, string[] headings)
    {
        var columns = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < headings.Length; i++)
        {
            var name = headings[i].Trim();
            if (!s_needed.Concat(s_optional).Contains(name, StringComparer.OrdinalIgnoreCase) || !columns.TryAdd(name, i))
            {
                throw new InvalidAnnotationException(path, 1, $"the column '{name}' is not known or stands there twice; the columns are {string.Join(", ", s_needed.Concat(s_optional))}");
            }
        }

        var missing = s_needed.Where(name => !columns.ContainsKey(name)).ToList();
        return missing.Count == 0 ? columns : throw new InvalidAnnotationException(path, 1, $"the column '{missing[0]}' is missing; columns are separated by tabs");
    }

    private static LabelledImage Image(Row row, string folder)
    {
        var set = row.Text("set");
        var kind = row.Text("kind").ToLowerInvariant() switch
        {
            "classes" => LabelKind.Classes,
            "regions" => LabelKind.Regions,
            "instances" => LabelKind.Instances,
            "nested" => LabelKind.Nested,
            var other => throw row.Fault($"the kind is '{other}', not classes, regions, instances or nested"),
        };
        string Full(string file) => Path.GetFullPath(Path.Combine(folder, file.Trim()));
        var labels = row.Text("labels").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Full).ToList();
        return labels.Count == 0
            ? throw row.Fault("there is no label file")
            : new LabelledImage(set, kind, Full(row.Text("image")), labels, Options(row, set));
    }

    private static LabelObjectOptions Options(Row row, string set)
    {
        var isStreet = set.Equals("street", StringComparison.OrdinalIgnoreCase);
        var isNuclei = set.StartsWith("nuclei", StringComparison.OrdinalIgnoreCase);
        var minArea = row.Number("min_area", isNuclei ? 8 : 64);
        return new LabelObjectOptions
        {
            BackgroundLabel = row.Number("background", isStreet ? null : 0),
            VoidLabel = row.Number("void", isStreet ? 11 : 255),
            MinAreaPixels = minArea is >= 1 ? minArea.Value : throw row.Fault("min_area must be at least 1"),
        };
    }

    private sealed record Row(string Path, int Line, Dictionary<string, int> Columns, string[] Cells)
    {
        public InvalidAnnotationException Fault(string reason) => new(Path, Line, reason);

        public string Text(string column) => Columns[column] < Cells.Length && Cells[Columns[column]].Trim() is { Length: > 0 } text
            ? text
            : throw Fault($"'{column}' is empty; the line has {Cells.Length} cells");

        public int? Number(string column, int? fallback)
        {
            if (!Columns.TryGetValue(column, out var at) || at >= Cells.Length || Cells[at].Trim() is not { Length: > 0 } text)
            {
                return fallback;
            }

            return text == "-" ? null
                : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value
                : throw Fault($"'{column}' is '{text}', neither a whole number nor -");
        }
    }
}
