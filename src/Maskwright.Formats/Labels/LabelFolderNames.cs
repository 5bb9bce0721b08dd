using System.Text;
using Maskwright.Datasets;
using Maskwright.Formats.Folders;

namespace Maskwright.Formats.Labels;

/// <summary>The layout of a folder of label images, and the classes of <c>classes.txt</c>: line n, counted from 0, is the name of label n.</summary>
internal static class LabelFolderNames
{
    public const string Instances = "instances";
    public const string Classes = "classes";
    public const string NamesFile = "classes.txt";
    public const int MostClass = ushort.MaxValue;

    /// <summary>The names of files of a type.</summary>
    public static bool IsLabelImage(string name, LabelFileType type) => type == LabelFileType.Png
        ? name.EndsWith(".png", StringComparison.OrdinalIgnoreCase)
        : name.EndsWith(".tif", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".tiff", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads the classes; empty when there is no such file. Line 0 is the background, empty lines name nothing.</summary>
    public static List<DatasetCategory> Read(string folder)
    {
        var path = Path.Combine(folder, NamesFile);
        return !File.Exists(path) ? []
            : [.. TextLines.Read(path).Select((name, number) => new DatasetCategory(number, name)).Where(category => category.Id > 0 && category.Name.Length > 0)];
    }

    /// <summary>The label of each category: its id where all ids are labels, else its position from 1.</summary>
    public static Dictionary<long, int> Numbered(IReadOnlyList<DatasetCategory> categories)
    {
        var areLabels = categories.All(category => category.Id is > 0 and <= MostClass) && categories.Select(category => category.Id).Distinct().Count() == categories.Count;
        return categories.Select((category, index) => (category.Id, Label: areLabels ? (int)category.Id : index + 1)).ToDictionary(entry => entry.Id, entry => entry.Label);
    }

    /// <summary>Writes the classes.</summary>
    /// <exception cref="ArgumentException">A name has a line break or is empty.</exception>
    public static void Write(string folder, IReadOnlyList<DatasetCategory> categories, Dictionary<long, int> labels)
    {
        var lines = new string[categories.Count == 0 ? 1 : labels.Values.Max() + 1];
        Array.Fill(lines, string.Empty);
        lines[0] = "background";
        foreach (var category in categories)
        {
            lines[labels[category.Id]] = category.Name.Length > 0 && category.Name.AsSpan().IndexOfAny('\r', '\n') < 0
                ? category.Name
                : throw new ArgumentException($"The category '{category.Name}' cannot stand in a list of names, one a line.");
        }

        File.WriteAllText(Path.Combine(folder, NamesFile), string.Join('\n', lines) + "\n", new UTF8Encoding(false));
    }
}
