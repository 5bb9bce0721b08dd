using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Maskwright.Formats.Yolo;

/// <summary>What <c>data.yaml</c> says: the classes, and where the images of each split are.</summary>
/// <param name="Root">The folder to which the sources are relative.</param>
/// <param name="Names">The classes by number; null when the file names none.</param>
/// <param name="Splits">The splits with their sources, folders or lists of images, in the file's order.</param>
internal sealed record YoloConfig(string Root, IReadOnlyList<string>? Names, IReadOnlyList<(string Split, string Source)> Splits)
{
    private const long MaxBytes = 16 << 20;
    private const int MaxDepth = 32;
    private const int MaxClasses = 1 << 20;

    private static readonly string[] s_noSplits = ["path", "names", "nc", "download", "kpt_shape", "flip_idx", "channels", "yaml_file"];

    /// <summary>Finds the file in a folder; null when there is none.</summary>
    public static string? Find(string folder)
    {
        var files = Directory.EnumerateFiles(folder).Where(file => Path.GetExtension(file) is ".yaml" or ".yml").Order(StringComparer.Ordinal).ToList();
        return files.Find(file => Path.GetFileNameWithoutExtension(file) == "data") ?? files.Find(file => Folders.FileBeginning.Has(file, "names"));
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidAnnotationException">It is not YAML, or not a data set's.</exception>
    public static YoloConfig Read(string path)
    {
        if (new FileInfo(path).Length > MaxBytes)
        {
            throw new InvalidAnnotationException(path, null, "is too large for a description of classes");
        }

        try
        {
            var yaml = Load(path);
            return yaml.Documents is [{ RootNode: YamlMappingNode root }, ..] ? Read(path, root) : throw new InvalidAnnotationException(path, 1, "is not a list of named values");
        }
        catch (YamlException e)
        {
            throw new InvalidAnnotationException(path, e.Start.Line, $"column {e.Start.Column}: not YAML: {e.Message.TrimEnd('.')}", e);
        }
    }

    // The library answers some damaged text by exceptions that speak of its own state.
    private static YamlStream Load(string path)
    {
        try
        {
            CheckDepth(path);
            using var text = File.OpenText(path);
            var yaml = new YamlStream();
            yaml.Load(text);
            return yaml;
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or FormatException or OverflowException)
        {
            throw new InvalidAnnotationException(path, null, "is not YAML", e);
        }
    }

    private static void CheckDepth(string path)
    {
        using var text = File.OpenText(path);
        var parser = new Parser(text);
        var depth = 0;
        while (parser.MoveNext())
        {
            depth += parser.Current?.NestingIncrease ?? 0;
            if (depth > MaxDepth)
            {
                throw new InvalidAnnotationException(path, parser.Current?.Start.Line, $"values are nested more than {MaxDepth} deep");
            }
        }
    }

    private static YoloConfig Read(string path, YamlMappingNode root)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? ".";
        var named = root.Children.TryGetValue("path", out var given) && given is YamlScalarNode { Value: { Length: > 0 } text } ? Path.Combine(folder, text) : folder;
        var splits = new List<(string, string)>();
        foreach (var (key, value) in root.Children)
        {
            if (key is YamlScalarNode { Value: { Length: > 0 } split } && !s_noSplits.Contains(split))
            {
                splits.AddRange(Texts(value).Select(source => (split, source)));
            }
        }

        return new YoloConfig(Directory.Exists(named) ? named : folder, ReadNames(path, root), splits);
    }

    private static IEnumerable<string> Texts(YamlNode node) => node switch
    {
        YamlScalarNode { Value: { Length: > 0 } text } => [text],
        YamlSequenceNode list => list.Children.OfType<YamlScalarNode>().Select(item => item.Value).OfType<string>(),
        _ => [],
    };

    private static List<string>? ReadNames(string path, YamlMappingNode root) => !root.Children.TryGetValue("names", out var names) ? null : names switch
    {
        YamlSequenceNode list => [.. list.Children.Select(item => Text(path, item))],
        YamlMappingNode map => ByNumber(path, map),
        _ => throw Fault(path, names, "'names' is neither a list nor numbered names"),
    };

    private static List<string> ByNumber(string path, YamlMappingNode map)
    {
        var names = new SortedDictionary<int, string>();
        foreach (var (key, value) in map.Children)
        {
            if (!int.TryParse(Text(path, key), NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number >= MaxClasses)
            {
                throw Fault(path, key, "a class has no whole number");
            }

            if (!names.TryAdd(number, Text(path, value)))
            {
                throw Fault(path, key, $"class {number} is named twice");
            }
        }

        return [.. Enumerable.Range(0, names.Count == 0 ? 0 : names.Keys.Last() + 1).Select(number => names.GetValueOrDefault(number) ?? number.ToString(CultureInfo.InvariantCulture))];
    }

    private static string Text(string path, YamlNode node) => node is YamlScalarNode { Value: { } text } ? text : throw Fault(path, node, "a class has no name");

    private static InvalidAnnotationException Fault(string path, YamlNode node, string reason) => new(path, node.Start.Line, $"column {node.Start.Column}: {reason}");
}
