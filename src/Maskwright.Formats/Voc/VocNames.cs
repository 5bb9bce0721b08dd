using System.Text;
using Maskwright.Datasets;
using Maskwright.Formats.Folders;
using Maskwright.Formats.Labels;

namespace Maskwright.Formats.Voc;

/// <summary>The classes of a data set in PASCAL VOC's layout: by <c>labelmap.txt</c>, by <c>class_names.txt</c>, or VOC's own twenty.</summary>
internal static class VocNames
{
    public const string LabelMapFile = "labelmap.txt";
    public const string NamesFile = "class_names.txt";
    public const int MostClasses = 254; // besides 0 background and 255 void

    private static readonly string[] s_background = ["background", "_background_"];

    private static readonly string[] s_voc =
    [
        "aeroplane", "bicycle", "bird", "boat", "bottle", "bus", "car", "cat", "chair", "cow", "diningtable", "dog", "horse", "motorbike", "person", "pottedplant", "sheep",
        "sofa", "train", "tvmonitor",
    ];

    /// <summary>Reads the classes; a category's number is the label that its pixels have.</summary>
    public static List<DatasetCategory> Read(string folder)
    {
        var map = Path.Combine(folder, LabelMapFile);
        if (File.Exists(map))
        {
            return Numbered(TextLines.Read(map).Where(line => line.Trim().Length > 0 && !line.StartsWith('#')).Select(line => line.Split(':')[0].Trim()));
        }

        var names = Path.Combine(folder, NamesFile);
        return File.Exists(names) ? Numbered(TextLines.Read(names).Select(line => line.Trim()).Where(line => line is not ("" or LabelMe.LabelMeReader.Ignored))) : Numbered(s_voc.Prepend("background"));
    }

    /// <summary>Whether a name means no object.</summary>
    public static bool IsBackground(string name) => s_background.Contains(name);

    /// <summary>Writes the classes in order, from label 1: <c>labelmap.txt</c> as CVAT has it, or plain names where one has a colon.</summary>
    public static void Write(string folder, IReadOnlyList<DatasetCategory> categories)
    {
        var names = categories.Select(category => category.Name).ToList();
        if (names.Find(name => name.AsSpan().IndexOfAny("\r\n") >= 0 || name.Trim() != name || name.Length == 0) is { } odd)
        {
            throw new ArgumentException($"The category '{odd}' cannot stand in a list of names, one a line.");
        }

        var text = new StringBuilder();
        var isPlain = names.Exists(name => name.Contains(':', StringComparison.Ordinal) || name.StartsWith('#'));
        text.Append(isPlain ? "_background_\n" : "# label:color_rgb:parts:actions\nbackground:0,0,0::\n");
        for (var i = 0; i < names.Count; i++)
        {
            var colour = VocPalette.Colours.Slice(3 * (i + 1), 3);
            text.Append(isPlain ? $"{names[i]}\n" : $"{names[i]}:{colour[0]},{colour[1]},{colour[2]}::\n");
        }

        File.WriteAllText(Path.Combine(folder, isPlain ? NamesFile : LabelMapFile), text.ToString(), new UTF8Encoding(false));
    }

    // The first line is the background; a list without one begins with label 1.
    private static List<DatasetCategory> Numbered(IEnumerable<string> names)
    {
        var list = names.ToList();
        var first = list.Count > 0 && IsBackground(list[0]) ? 0 : 1;
        return [.. list.Select((name, index) => new DatasetCategory(first + index, name)).Where(category => category.Id > 0)];
    }
}
