using System.Text.Json;
using Maskwright.Datasets;
using Maskwright.Formats.Datasets;
using Maskwright.Formats.Folders;
using Maskwright.Formats.Json;
using Maskwright.Formats.Shapes;
using Maskwright.Geometry;

namespace Maskwright.Formats.GeoJson;

/// <summary>Reads GeoJSON in the frame of pixels: one feature collection an image, in a folder or alone.</summary>
/// <remarks>
/// RFC 7946, but for its frame: x to the right and y down in pixels from the image's top-left corner, as <see cref="ObjectShape"/> has them. Geometries are polygons and
/// multipolygons with holes; points and lines are passed over. The collection's member <c>image</c> names the picture and its size (<c>file_name</c>, <c>width</c>,
/// <c>height</c>, <c>id</c>, <c>split</c>, and whatever else becomes an attribute); without it the picture of the same name tells the size.
/// A feature's <c>id</c> and its properties <c>category</c>, <c>category_id</c>, <c>score</c>, <c>iscrowd</c>, <c>ignore</c>, <c>group_id</c>, <c>track_id</c>, <c>bbox</c> and <c>area</c>
/// are what they are in the data set model; <c>class</c>, <c>label</c> and <c>classification.name</c> (QuPath) stand for a category as well; other properties become attributes.
/// Collections that name a <c>crs</c> are refused, since theirs is not the frame of pixels.
/// </remarks>
public sealed class GeoJsonReader : IDatasetReader
{
    private static readonly string[] s_extensions = [".geojson", ".json"];

    /// <inheritdoc/>
    public string FormatName => "geojson";

    /// <inheritdoc/>
    public string Description => "GeoJSON in pixels: a folder of .geojson files, one an image, or one such file";

    /// <inheritdoc/>
    public bool Recognises(string path)
    {
        var file = Directory.Exists(path) ? FileBeginning.First(path, "*.geojson") : path;
        return file is not null && FileBeginning.Has(file, "\"FeatureCollection\"");
    }

    /// <inheritdoc/>
    public AnnotatedDataset Open(string path, DatasetReadOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= DatasetReadOptions.Default;
        var isFolder = Directory.Exists(path);
        var folder = isFolder ? path : Path.GetDirectoryName(path) is { Length: > 0 } above ? above : ".";
        List<string> files = isFolder ? ImageFiles.Below(path, name => name.EndsWith(".geojson", StringComparison.OrdinalIgnoreCase)) : [Path.GetFileName(path)];
        var categories = new CategoryGathering();
        foreach (var _ in SoundItems.Read(files, file => Gathered(Path.Combine(folder, file), categories), options, cancellationToken))
        {
        }

        var all = categories.Finish();
        var byName = all.ToDictionary(category => category.Name, StringComparer.Ordinal);
        return new AnnotatedDataset(all, SoundItems.Read(files, file => ReadImage(folder, file, byName, options), options, cancellationToken))
        {
            ImageCount = files.Count,
            ImageFolder = options.ImageFolder ?? folder,
        };
    }

    private static AnnotatedImage ReadImage(string folder, string file, Dictionary<string, DatasetCategory> categories, DatasetReadOptions options)
    {
        var path = Path.Combine(folder, file);
        using var json = JsonFile.Read(path);
        var root = json.Root;
        if (root.Has("crs"))
        {
            throw root.Field("crs").Fault("the features lie in a coordinate system of their own ('crs'), not in pixels");
        }

        var card = ImageCard.Read(root);
        var (name, size) = Picture(root, card, folder, file, options);
        var objects = SoundItems.Read(root.Field("features").Items(), feature => ReadObject(path, feature, categories, options), options);
        return new AnnotatedImage(name, size, [.. objects]) { Id = card.Id, Split = card.Split, Attributes = card.Attributes };
    }

    private static CategoryGathering Gathered(string path, CategoryGathering categories)
    {
        using var json = JsonFile.Read(path);
        ImageCard.Categories(json.Root).ForEach(categories.Add);
        foreach (var properties in json.Root.Field("features").Items().Where(feature => feature.Kind == JsonValueKind.Object).Select(feature => feature.Optional("properties")))
        {
            categories.Add(ObjectCard.CategoryOf(properties), ObjectCard.CategoryIdOf(properties));
        }

        return categories;
    }

    private static (string Name, ImageSize Size) Picture(LocatedJson root, ImageCard card, string folder, string file, DatasetReadOptions options)
    {
        if (card.Size is { } size)
        {
            return (card.FileName ?? string.Empty, size);
        }

        var stem = Array.Find(s_extensions, extension => file.EndsWith(extension, StringComparison.OrdinalIgnoreCase)) is { } end ? file[..^end.Length] : file;
        var found = ImageFiles.Find([options.ImageFolder, folder], stem) ?? throw root.Fault("nothing says how large the image is: there is no member 'image', and no picture of the same name");
        return (card.FileName ?? found.Name, ImageFiles.SizeOf(Path.Combine(found.Folder, found.Name)));
    }

    private static AnnotatedObject? ReadObject(string path, LocatedJson feature, Dictionary<string, DatasetCategory> categories, DatasetReadOptions options)
    {
        if (feature.Optional("geometry") is not { } geometry || !IsRegion(geometry))
        {
            options.PassOver(path, feature.Fault(string.Empty).Line, $"{feature.Name} has no area");
            return null;
        }

        var properties = feature.Optional("properties");
        var item = ObjectCard.Read(properties, categories[ObjectCard.CategoryOf(properties)], Shape(geometry, properties));
        return feature.Optional("id") is { Kind: JsonValueKind.Number } id ? item with { Id = id.Integer() } : item;
    }

    private static bool IsRegion(LocatedJson geometry)
    {
        var type = geometry.Field("type");
        return type.Text() switch
        {
            "Polygon" or "MultiPolygon" => true,
            "Point" or "MultiPoint" or "LineString" or "MultiLineString" => false,
            var other => throw type.Fault($"the geometry '{other}' is not read"),
        };
    }

    private static ObjectShape Shape(LocatedJson geometry, LocatedJson? properties)
    {
        if (ObjectCard.IsBox(properties))
        {
            return new BoxShape(ObjectCard.BoxOf(properties) ?? throw geometry.Fault("a box without 'bbox'"));
        }

        var coordinates = geometry.Field("coordinates");
        return geometry.Field("type").Text() == "Polygon"
            ? new PolygonShape(coordinates.Count == 0 ? [] : [Part(coordinates)])
            : new PolygonShape([.. coordinates.Items().Select(Part)]);
    }

    private static PolygonPart Part(LocatedJson rings)
    {
        var all = rings.Items().Select(Ring).ToList();
        return all.Count > 0 ? new PolygonPart(all[0]) { Holes = [.. all.Skip(1)] } : throw rings.Fault("a polygon without rings");
    }

    // The last corner repeats the first.
    private static PixelPoint[] Ring(LocatedJson ring)
    {
        var points = ring.Points();
        return points.Length >= 4 && points[0] == points[^1]
            ? RingChecks.Checked(points[..^1], reason => ring.Fault(reason))
            : throw ring.Fault(points.Length < 4 ? $"a ring of {points.Length} positions; it needs at least 4, the last one like the first" : "the ring is not closed: its last position is not its first");
    }
}
