using System.Globalization;
using Maskwright.Datasets;
using Maskwright.Formats.Datasets;
using Maskwright.Formats.Folders;
using Maskwright.Formats.Json;
using Maskwright.Geometry;
using Maskwright.Images;

namespace Maskwright.Formats.Supervisely;

/// <summary>Reads Supervisely's image projects: a folder with <c>meta.json</c> and data sets, each a folder with <c>ann</c> and <c>img</c>.</summary>
/// <remarks>
/// The format of Supervisely's SDK 6.73, whose coordinates name pixels: polygons go through their centres, rectangles and masks begin and end with them. Polygons
/// with holes, rectangles and bitmaps; points, lines and the like are passed over. Tags become attributes; the tag <c>confidence</c> of an object is its score, the
/// tags <c>train</c>, <c>val</c> and <c>test</c> of an image, without value, or <c>split</c> with one, its split; <c>instance</c> is the group. Images of one data set are named by their
/// files, those of several by the way to them.
/// </remarks>
public sealed class SuperviselyReader : IDatasetReader
{
    internal const string MetaFile = "meta.json";

    private static readonly string[] s_splits = ["train", "val", "test"];

    /// <inheritdoc/>
    public string FormatName => "supervisely";

    /// <inheritdoc/>
    public string Description => "Supervisely: the folder of an image project, with meta.json";

    /// <inheritdoc/>
    public bool Recognises(string path) =>
        Directory.Exists(path) && FileBeginning.Has(Path.Combine(path, MetaFile), "\"classes\"") && FileBeginning.First(path, "*.json") is not null;

    /// <inheritdoc/>
    public AnnotatedDataset Open(string path, DatasetReadOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= DatasetReadOptions.Default;
        var categories = Categories(Path.Combine(path, MetaFile));
        var byName = categories.ToDictionary(category => category.Name, StringComparer.Ordinal);
        var files = ImageFiles.Below(path, name => name.EndsWith(".json", StringComparison.OrdinalIgnoreCase) && name.Contains("/ann/", StringComparison.Ordinal));
        var sets = files.Select(file => file[..file.LastIndexOf("/ann/", StringComparison.Ordinal)]).Distinct(StringComparer.Ordinal).ToList();
        var images = SoundItems.Read(files, file => ReadImage(path, file, sets.Count > 1, byName, options), options, cancellationToken);
        return new AnnotatedDataset(categories, images) { ImageCount = files.Count, ImageFolder = options.ImageFolder ?? (sets.Count == 1 ? Path.Combine(path, sets[0], "img") : path) };
    }

    private static List<DatasetCategory> Categories(string path)
    {
        using var json = JsonFile.Read(path);
        var classes = json.Root.Field("classes").Items().ToList();
        var ids = classes.Select(item => item.Optional("id")?.Integer()).ToList();
        var hasIds = ids.TrueForAll(id => id is not null) && ids.Distinct().Count() == ids.Count;
        var categories = new List<DatasetCategory>();
        foreach (var item in classes)
        {
            var title = item.Field("title");
            if (categories.Exists(category => category.Name == title.Text()))
            {
                throw title.Fault($"the class '{title.Text()}' stands there twice");
            }

            categories.Add(new DatasetCategory(hasIds ? ids[categories.Count]!.Value : categories.Count + 1, title.Text()) { Colour = item.Optional("color") is { } colour ? Colour(colour) : null }); // hasIds: none is null
        }

        return categories;
    }

    private static RgbColour Colour(LocatedJson colour) =>
        colour.Text() is { Length: 7 } text && text[0] == '#' && int.TryParse(text.AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var rgb)
            ? new RgbColour((byte)(rgb >> 16), (byte)(rgb >> 8), (byte)rgb)
            : throw colour.Fault("'color' is not a colour such as #FF0000");

    private static AnnotatedImage ReadImage(string root, string file, bool hasSeveralSets, Dictionary<string, DatasetCategory> categories, DatasetReadOptions options)
    {
        var path = Path.Combine(root, file);
        using var json = JsonFile.Read(path);
        var size = json.Root.Field("size").Size("width", "height");
        var at = file.LastIndexOf("/ann/", StringComparison.Ordinal);
        var name = file[(at + 5)..^5];
        var groups = new Dictionary<string, long>(StringComparer.Ordinal);
        var objects = SoundItems.Read(json.Root.Field("objects").Items(), item => ReadObject(path, item, size, groups, categories, options), options);
        var tags = SuperviselyTags.Read(json.Root);
        var split = Array.Find(s_splits, word => tags[word] is FlagValue) ?? (tags["split"] as TextValue)?.Text;
        var attributes = split is null ? tags : tags["split"] is TextValue ? tags.Without("split") : tags.Without(split);
        return new AnnotatedImage(hasSeveralSets ? $"{file[..at]}/img/{name}" : name, size, [.. objects])
        {
            Split = split,
            Attributes = json.Root.Optional("description")?.Text() is { Length: > 0 } text && attributes["description"] is null ? attributes.With("description", text) : attributes,
        };
    }

    private static AnnotatedObject? ReadObject(
        string path, LocatedJson item, ImageSize size, Dictionary<string, long> groups, Dictionary<string, DatasetCategory> categories, DatasetReadOptions options)
    {
        if (SuperviselyFigure.Read(item, size) is not { } shape)
        {
            options.PassOver(path, item.Fault(string.Empty).Line, $"{item.Name} has no area");
            return null;
        }

        var title = item.Field("classTitle");
        var category = categories.TryGetValue(title.Text(), out var known) ? known : throw title.Fault($"the class '{title.Text()}' does not stand in {MetaFile}");
        var tags = SuperviselyTags.Read(item);
        var score = tags[SuperviselyTags.Confidence] switch { NumberValue number => number.Number, IntegerValue number => number.Number, _ => (double?)null };
        return new AnnotatedObject(category, shape)
        {
            Id = item.Optional("id")?.Integer(),
            Score = score,
            GroupId = Group(item.Optional("instance"), groups),
            Attributes = score is null ? tags : tags.Without(SuperviselyTags.Confidence),
        };
    }

    // Keys that are no numbers are counted.
    private static long? Group(LocatedJson? key, Dictionary<string, long> groups)
    {
        if (key?.Text() is not { Length: > 0 } text)
        {
            return null;
        }

        if (!groups.TryGetValue(text, out var number))
        {
            groups[text] = number = long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var own) ? own : groups.Count + 1;
        }

        return number;
    }
}
