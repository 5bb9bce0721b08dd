using Maskwright.Datasets;
using Maskwright.Formats.Datasets;
using Maskwright.Formats.Folders;
using Maskwright.Formats.Json;
using Maskwright.Formats.Labels;
using Maskwright.Formats.Shapes;
using Maskwright.Geometry;
using Maskwright.Masks;

namespace Maskwright.Formats.Cityscapes;

/// <summary>Reads the files of one image.</summary>
internal sealed class CityscapesImage(string root, string key, IReadOnlyList<CityscapesClass> table, List<DatasetCategory> categories, DatasetReadOptions options)
{
    private const string Crowd = "group";

    /// <summary>Reads the image.</summary>
    public AnnotatedImage Read()
    {
        var (instances, labels, polygons) = (Path.Combine(root, key + CityscapesReader.InstanceIds), Path.Combine(root, key + CityscapesReader.LabelIds), Path.Combine(root, key + CityscapesReader.Polygons));
        using var json = File.Exists(polygons) ? JsonFile.Read(polygons) : null;
        var name = json?.Root.Optional("imgName")?.Text();
        if (File.Exists(instances))
        {
            return FromLabels(instances, LabelledObjects.Read(instances, null), json, name);
        }

        return json is not null ? FromPolygons(json.Root, name) : FromLabels(labels, LabelledObjects.Read(labels, null), null, name);
    }

    private AnnotatedImage FromLabels(string path, LabelMap labels, JsonFile? json, string? name)
    {
        if (json is not null && json.Root.Size("imgWidth", "imgHeight") is var stated && stated != labels.Size)
        {
            throw new InvalidAnnotationException(path, null, $"is {labels.Size}, but its polygons are for {stated}");
        }

        return Image(name, labels.Size, LabelledObjects.Of(labels, hasVoid: false).Select(entry => Object(path, entry.Key, entry.Value)));
    }

    private AnnotatedImage FromPolygons(LocatedJson root, string? name)
    {
        var size = root.Size("imgWidth", "imgHeight");
        return Image(name, size, SoundItems.Read(root.Field("objects").Items(), Polygon, options));
    }

    private AnnotatedImage Image(string? name, ImageSize size, IEnumerable<AnnotatedObject> objects)
    {
        var stem = key.LastIndexOf("_gt", StringComparison.Ordinal) is > 0 and var at ? key[..at] : key;
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        return new AnnotatedImage(name ?? $"{stem}{CityscapesReader.ImageEnding}.png", size, [.. objects]) { Split = slash > 0 ? key[..slash] : null };
    }

    private AnnotatedObject Object(string path, int label, RunLengthMask mask)
    {
        var id = label >= CityscapesTable.Instances ? label / CityscapesTable.Instances : label;
        var row = table.FirstOrDefault(row => row.Id == id) ?? throw new InvalidAnnotationException(path, null, $"the label {label} is of class {id}, which does not exist");
        return new AnnotatedObject(CategoryOf(row), new MaskShape(mask)) { IsCrowd = row.HasInstances && label < CityscapesTable.Instances };
    }

    private AnnotatedObject? Polygon(LocatedJson item)
    {
        if (item.Optional("deleted")?.Flag() == true)
        {
            return null;
        }

        var label = item.Field("label");
        var name = label.Text();
        var row = table.FirstOrDefault(row => row.Name == name);
        var isCrowd = row is null && name.EndsWith(Crowd, StringComparison.Ordinal);
        row ??= isCrowd ? table.FirstOrDefault(row => row.Name == name[..^Crowd.Length]) : null;
        var polygon = item.Field("polygon");
        return row is null ? throw label.Fault($"the class '{name}' does not exist")
            : row.Id == 0 ? null
            : new AnnotatedObject(CategoryOf(row), new PolygonShape([new PolygonPart(RingChecks.Checked(polygon.Points(), reason => polygon.Fault(reason)))])) { IsCrowd = isCrowd };
    }

    private DatasetCategory CategoryOf(CityscapesClass row) => categories.First(category => category.Name == row.Name);
}
