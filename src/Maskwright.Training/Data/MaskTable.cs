namespace Maskwright.Training.Data;

/// <summary>Reads tables of images and label files: the columns <c>set</c>, <c>kind</c>, <c>image</c>, <c>labels</c>, tab-separated.</summary>
/// <remarks>Several label files of one image are separated by semicolons; paths are relative to the table's folder.</remarks>
public static class MaskTable
{
    private const string Header = "set\tkind\timage\tlabels";

    /// <summary>Reads a table.</summary>
    /// <param name="path">The table.</param>
    /// <param name="codec">Decodes images and labels, when they are needed.</param>
    /// <param name="rules">The rules of a set, by its name and the kind that the table states.</param>
    /// <returns>The examples in the table's order.</returns>
    /// <exception cref="InvalidAnnotationException">The file is not such a table, or a line is not as it should be.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static IReadOnlyList<TrainingExample> Read(string path, IImageCodec codec, Func<string, LabelKind, LabelRules> rules)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(codec);
        ArgumentNullException.ThrowIfNull(rules);
        var lines = File.ReadAllLines(path);
        if (lines.Length == 0 || lines[0] != Header)
        {
            throw new InvalidAnnotationException(path, 1, $"is no table of masks: the first line should read {Header.Replace("\t", ", ", StringComparison.Ordinal)}");
        }

        var folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? string.Empty;
        return [.. lines.Index().Skip(1).Where(line => line.Item.Length > 0).Select(line => Example(path, folder, line.Item, line.Index + 1, codec, rules))];
    }

    private static TrainingExample Example(string path, string folder, string line, int number, IImageCodec codec, Func<string, LabelKind, LabelRules> rules)
    {
        var cells = line.Split('\t');
        if (cells.Length != 4 || !Enum.TryParse<LabelKind>(cells[1], ignoreCase: true, out var kind))
        {
            throw new InvalidAnnotationException(path, number, "should have four cells: set, kind (classes, regions, instances, nested), image, labels");
        }

        var image = Path.Combine(folder, cells[2]);
        string[] labels = [.. cells[3].Split(';').Select(file => Path.Combine(folder, file))];
        var setRules = rules(cells[0], kind);
        return new TrainingExample(cells[0], cells[2], () => Load(image, labels, codec, setRules))
        {
            Identity = $"{kind} {string.Join(' ', labels.Prepend(image).Select(Size))}",
        };
    }

    // A file that is missing is told when it is its turn.
    private static long Size(string path) => new FileInfo(path) is { Exists: true } file ? file.Length : -1;

    private static LabelledPhoto Load(string image, string[] labels, IImageCodec codec, LabelRules rules)
    {
        var photo = codec.ReadImage(image);
        var annotations = labels.Select(file => (File: file, Objects: LabelMapObjects.Find(codec.ReadLabels(file), rules))).ToList();
        var wrong = annotations.Find(annotation => annotation.Objects.Size != photo.Size);
        return wrong.Objects is null
            ? new LabelledPhoto(photo, [.. annotations.Select(annotation => annotation.Objects)])
            : throw new InvalidAnnotationException(wrong.File, null, $"is {wrong.Objects.Size}, but its photo {image} is {photo.Size}");
    }
}
