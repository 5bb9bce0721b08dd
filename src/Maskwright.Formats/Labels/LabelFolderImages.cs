using System.Globalization;
using System.Text;
using Maskwright.Datasets;
using Maskwright.Formats.Folders;

namespace Maskwright.Formats.Labels;

/// <summary>The list <c>images.tsv</c>, which says of each label image what picture it belongs to, its split and its id.</summary>
internal sealed class LabelFolderImages
{
    public const string FileName = "images.tsv";

    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    /// <summary>What the list says of a label image.</summary>
    public sealed record Entry(string Image, string? Split, long? Id);

    /// <summary>Reads the list; empty when there is none.</summary>
    public static LabelFolderImages Read(string folder)
    {
        var images = new LabelFolderImages();
        var path = Path.Combine(folder, FileName);
        var lines = File.Exists(path) ? TextLines.Read(path) : [];
        for (var i = 1; i < lines.Length; i++)
        {
            var cells = lines[i].Split('\t');
            long id = 0;
            if (cells.Length != 4 || (cells[3].Length > 0 && !long.TryParse(cells[3], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out id)) || !images._entries.TryAdd(cells[0], new Entry(cells[1], cells[2].Length > 0 ? cells[2] : null, cells[3].Length > 0 ? id : null)))
            {
                throw new InvalidAnnotationException(path, i + 1, "is not a label image of its own with its picture, split and id");
            }
        }

        return images;
    }

    /// <summary>What the list says of a label image; null when it does not name it.</summary>
    public Entry? this[string labelImage] => _entries.GetValueOrDefault(labelImage);

    /// <summary>Adds an image.</summary>
    /// <exception cref="ArgumentException">A name has a tab or a line break.</exception>
    public void Add(string labelImage, AnnotatedImage image)
    {
        if ($"{labelImage}{image.FileName}{image.Split}".AsSpan().IndexOfAny('\t', '\r', '\n') >= 0)
        {
            throw new ArgumentException($"The image name '{image.FileName}' cannot stand in a list with tabs.");
        }

        _entries.Add(labelImage, new Entry(image.FileName, image.Split, image.Id));
    }

    /// <summary>Writes the list.</summary>
    public void Write(string folder)
    {
        var text = new StringBuilder("labels\timage\tsplit\tid\n");
        foreach (var (labelImage, entry) in _entries)
        {
            text.Append(CultureInfo.InvariantCulture, $"{labelImage}\t{entry.Image}\t{entry.Split}\t{entry.Id}\n");
        }

        File.WriteAllText(Path.Combine(folder, FileName), text.ToString(), new UTF8Encoding(false));
    }
}
