using System.Text;
using Maskwright.Datasets;
using Maskwright.Formats.Datasets;

namespace Maskwright.Formats.Folders;

/// <summary>Gathers the names of images by split, for formats that list each split in a text file.</summary>
internal sealed class SplitLists
{
    private static readonly System.Buffers.SearchValues<char> s_noNames = System.Buffers.SearchValues.Create("/\\:\0\r\n");

    private readonly SortedDictionary<string, List<string>> _names = new(StringComparer.Ordinal);

    /// <summary>Adds an image; a split that cannot name a file is counted as lost.</summary>
    public void Add(AnnotatedImage image, string name, LossTally tally)
    {
        if (image.Split is null)
        {
            return;
        }

        if (image.Split.Length == 0 || image.Split.AsSpan().ContainsAny(s_noNames) || image.Split is "." or "..")
        {
            tally.Add(LossKind.SplitsDropped, image);
            return;
        }

        if (!_names.TryGetValue(image.Split, out var names))
        {
            _names[image.Split] = names = [];
        }

        names.Add(name);
    }

    /// <summary>Writes a file for each split into a folder, which is made when there is any.</summary>
    public void Write(string folder)
    {
        foreach (var (split, names) in _names)
        {
            Directory.CreateDirectory(folder);
            File.WriteAllText(Path.Combine(folder, split + ".txt"), string.Concat(names.Select(name => name + "\n")), new UTF8Encoding(false));
        }
    }
}
