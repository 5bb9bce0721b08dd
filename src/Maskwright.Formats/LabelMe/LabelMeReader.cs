using Maskwright.Datasets;
using Maskwright.Formats.Datasets;
using Maskwright.Formats.Folders;
using Maskwright.Formats.Images;
using Maskwright.Formats.Json;
using Maskwright.Geometry;

namespace Maskwright.Formats.LabelMe;

/// <summary>Reads LabelMe's JSON files: one of them, or a folder with one for each image.</summary>
/// <remarks>
/// labelme 5. Shapes of one label and one <c>group_id</c> are the parts of one object. Rectangles are boxes, circles the pixels whose centres lie within;
/// points and lines are passed over. <c>flags</c>, <c>description</c> and what X-AnyLabeling adds (<c>attributes</c>, <c>score</c>, <c>difficult</c>) are kept, and so
/// are fields that no tool defines. Categories are numbered from 1 in the order of <c>labels.txt</c> (without <c>__ignore__</c> and
/// <c>_background_</c>) when there is one, then as labels come. Shapes of the label <c>__ignore__</c> are marked as ignored.
/// </remarks>
public sealed class LabelMeReader : IDatasetReader
{
    internal const string Ignored = "__ignore__";
    internal const string Background = "_background_";
    internal const string LabelsFile = "labels.txt";

    private static readonly string[] s_known = ["version", "flags", "shapes", "imagePath", "imageData", "imageHeight", "imageWidth", "lineColor", "fillColor"];

    /// <inheritdoc/>
    public string FormatName => "labelme";

    /// <inheritdoc/>
    public string Description => "LabelMe: a folder of JSON files, one an image, or one such file";

    /// <inheritdoc/>
    public bool Recognises(string path)
    {
        var file = Directory.Exists(path) ? FileBeginning.First(path, "*.json") : path;
        return file is not null && FileBeginning.Read(file) is var start && start.Contains("\"shapes\"", StringComparison.Ordinal)
            && (start.Contains("\"imagePath\"", StringComparison.Ordinal) || start.Contains("\"shape_type\"", StringComparison.Ordinal));
    }

    /// <inheritdoc/>
    public AnnotatedDataset Open(string path, DatasetReadOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= DatasetReadOptions.Default;
        var isFolder = Directory.Exists(path);
        var folder = isFolder ? path : Path.GetDirectoryName(path) is { Length: > 0 } above ? above : ".";
        List<string> files = isFolder ? ImageFiles.Below(path, name => name.EndsWith(".json", StringComparison.OrdinalIgnoreCase)) : [Path.GetFileName(path)];
        var categories = Categories(folder, files, options, cancellationToken);
        var byName = categories.ToDictionary(category => category.Name, StringComparer.Ordinal);
        var images = SoundItems.Read(files, file => ReadImage(folder, file, byName, options), options, cancellationToken);
        return new AnnotatedDataset(categories, images) { ImageCount = files.Count, ImageFolder = options.ImageFolder ?? folder };
    }

    private static List<DatasetCategory> Categories(string folder, List<string> files, DatasetReadOptions options, CancellationToken cancellationToken)
    {
        var names = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var list = Path.Combine(folder, LabelsFile);
        var listed = File.Exists(list) ? File.ReadLines(list).Select(line => line.Trim()).Where(line => line.Length > 0 && line is not (Ignored or Background)) : [];
        names.AddRange(listed.Where(seen.Add));
        foreach (var labels in SoundItems.Read(files, file => LabelsOf(Path.Combine(folder, file)), options, cancellationToken))
        {
            names.AddRange(labels.Where(seen.Add));
        }

        return [.. names.Select((name, index) => new DatasetCategory(index + 1, name))];
    }

    private static List<string> LabelsOf(string file)
    {
        using var json = JsonFile.Read(file);
        return [.. json.Root.Field("shapes").Items().Where(shape => shape.Has("label")).Select(shape => shape.Field("label").Text())];
    }

    private static AnnotatedImage ReadImage(string folder, string file, Dictionary<string, DatasetCategory> categories, DatasetReadOptions options)
    {
        var path = Path.Combine(folder, file);
        using var json = JsonFile.Read(path);
        var root = json.Root;
        var name = ImageName(folder, file, root.Field("imagePath").Text());
        var size = Size(root, name, options.ImageFolder ?? folder);
        var shapes = SoundItems.Read(root.Field("shapes").Items(), item => ReadShape(item, size, path, options), options);
        return new AnnotatedImage(name, size, LabelMeObjects.Of(shapes, categories, size)) { Attributes = ImageAttributes(root) };
    }

    private static LabelMeShape? ReadShape(LocatedJson item, ImageSize size, string path, DatasetReadOptions options)
    {
        var shape = LabelMeShape.Read(item, size);
        if (shape is null)
        {
            options.PassOver(path, item.Fault(string.Empty).Line, $"{item.Name} is a {item.Field("shape_type").Text()}, which has no area");
        }

        return shape;
    }

    private static string ImageName(string folder, string file, string imagePath)
    {
        if (imagePath.Length == 0)
        {
            return string.Empty;
        }

        var root = Path.GetFullPath(folder);
        var full = Path.GetFullPath(Path.Combine(root, Path.GetDirectoryName(file) ?? string.Empty, imagePath.Replace('\\', '/')));
        var name = Path.GetRelativePath(root, full).Replace('\\', '/');
        return name.StartsWith("../", StringComparison.Ordinal) || Path.IsPathRooted(name) ? name[(name.LastIndexOf('/') + 1)..] : name;
    }

    private static ImageSize Size(LocatedJson root, string name, string imageFolder)
    {
        if (root.Has("imageWidth") && root.Has("imageHeight"))
        {
            return root.Size("imageWidth", "imageHeight");
        }

        if (root.Optional("imageData") is not { } data)
        {
            return ImageFiles.SizeOf(Path.Combine(imageFolder, name));
        }

        try
        {
            return ImageReader.Identify(Convert.FromBase64String(data.Text()), "imageData").Size;
        }
        catch (Exception e) when (e is FormatException or InvalidImageException or UnsupportedFormatException)
        {
            throw data.Fault($"'imageData' is no picture: {e.Message}", e);
        }
    }

    private static DatasetAttributes ImageAttributes(LocatedJson root)
    {
        var entries = new List<KeyValuePair<string, AttributeValue>>();
        foreach (var (name, value) in root.Optional("flags")?.Fields() ?? [])
        {
            entries.Add(new(name, value.Flag()));
        }

        foreach (var (name, value) in root.Fields().Where(field => !s_known.Contains(field.Name)))
        {
            entries.Add(new(name, value.Attribute()));
        }

        return root.Attributes(entries);
    }
}
