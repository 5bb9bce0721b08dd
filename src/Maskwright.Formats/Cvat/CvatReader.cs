using System.Globalization;
using Maskwright.Datasets;
using Maskwright.Formats.Datasets;
using Maskwright.Formats.Folders;
using Maskwright.Formats.Xml;
using Maskwright.Geometry;
using Maskwright.Images;

namespace Maskwright.Formats.Cvat;

/// <summary>Reads CVAT's XML for images, version 1.1: <c>annotations.xml</c>, or the folder that holds it beside <c>images</c>.</summary>
/// <remarks>
/// Polygons, boxes, masks and ellipses; points, lines, tags, cuboids and skeletons are passed over, tracks of a video are refused. Turned boxes and ellipses
/// become polygons. <c>occluded</c> and <c>z_order</c> become attributes where they are set; <c>group_id</c> is the group, <c>subset</c> the split.
/// Categories are numbered from 1 in the order of <c>meta</c>, or as labels come where <c>meta</c> has none. One image is held in memory at a time.
/// </remarks>
public sealed class CvatReader : IDatasetReader
{
    private const string Root = "annotations";
    private const string FileName = "annotations.xml";

    /// <inheritdoc/>
    public string FormatName => "cvat";

    /// <inheritdoc/>
    public string Description => "CVAT for images 1.1: annotations.xml, or the folder that holds it";

    /// <inheritdoc/>
    public bool Recognises(string path)
    {
        var file = Directory.Exists(path) ? Path.Combine(path, FileName) : path;
        return File.Exists(file) && FileBeginning.Has(file, "<annotations", "<");
    }

    /// <inheritdoc/>
    public AnnotatedDataset Open(string path, DatasetReadOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= DatasetReadOptions.Default;
        var file = Directory.Exists(path) ? Path.Combine(path, FileName) : path;
        var categories = Categories(file, cancellationToken);
        var byName = categories.ToDictionary(category => category.Name, StringComparer.Ordinal);
        var images = SoundItems.Read(XmlFile.Children(file, Root), element => element.Name == "image" ? ReadImage(file, element, byName, options) : Other(element), options, cancellationToken);
        var folder = Path.Combine(Path.GetDirectoryName(file) is { Length: > 0 } above ? above : ".", "images");
        return new AnnotatedDataset(categories, images) { ImageFolder = options.ImageFolder ?? (Directory.Exists(folder) ? folder : null) };
    }

    private static AnnotatedImage? Other(LocatedXml element) =>
        element.Name == "track" ? throw element.Fault("has tracks of a video; only CVAT's format for images is read") : null;

    private static List<DatasetCategory> Categories(string file, CancellationToken cancellationToken)
    {
        var categories = new List<DatasetCategory>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        var isListed = false;
        foreach (var element in XmlFile.Children(file, Root))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (element.Name == "meta")
            {
                categories.AddRange(Listed(element).Where(category => names.Add(category.Name)).Select((category, index) => category with { Id = index + 1 }));
                isListed = categories.Count > 0;
            }
            else if (isListed)
            {
                break;
            }

            foreach (var name in element.Name == "image" ? element.Children().Select(shape => shape.Attribute("label")).OfType<string>().Where(names.Add) : [])
            {
                categories.Add(new DatasetCategory(categories.Count + 1, name));
            }
        }

        return categories;
    }

    // The labels of a task, a job or a project.
    private static IEnumerable<DatasetCategory> Listed(LocatedXml meta) =>
        meta.Children().Select(owner => owner.Optional("labels")).Where(labels => labels is not null).SelectMany(labels => labels!.Value.Children("label")) // null was left out
            .Select(label => new DatasetCategory(0, label.Child("name").Element.Value) { Colour = label.Optional("color") is { } colour ? Colour(colour) : null });

    private static RgbColour? Colour(LocatedXml colour)
    {
        var text = colour.Text;
        return text.Length == 0 ? null
            : text.Length == 7 && text[0] == '#' && int.TryParse(text.AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var rgb) ? new RgbColour((byte)(rgb >> 16), (byte)(rgb >> 8), (byte)rgb)
            : throw colour.Fault($"'{text}' is not a colour such as #ff0000");
    }

    private static AnnotatedImage ReadImage(string path, LocatedXml image, Dictionary<string, DatasetCategory> categories, DatasetReadOptions options)
    {
        var size = new ImageSize(image.Integer("width", 1, int.MaxValue), image.Integer("height", 1, int.MaxValue));
        if (size.PixelCount > int.MaxValue)
        {
            throw image.Fault($"{size} is not the size of an image");
        }

        var objects = SoundItems.Read(image.Children(), shape => ReadObject(path, shape, size, categories, options), options);
        return new AnnotatedImage(image.Required("name").Replace('\\', '/'), size, [.. objects])
        {
            Id = image.Attribute("id") is null ? null : image.Integer("id", 0, int.MaxValue),
            Split = image.Attribute("subset") is { Length: > 0 } subset && subset != "default" ? subset : null,
        };
    }

    private static AnnotatedObject? ReadObject(string path, LocatedXml shape, ImageSize size, Dictionary<string, DatasetCategory> categories, DatasetReadOptions options)
    {
        if (CvatShape.IsPassedOver(shape.Name))
        {
            options.PassOver(path, shape.Fault(string.Empty).Line, $"a <{shape.Name}> has no area");
            return null;
        }

        var label = shape.Required("label");
        var category = categories.TryGetValue(label, out var known) ? known : throw shape.Fault($"the label '{label}' is none of those that <meta> lists");
        var group = shape.Attribute("group_id") is null ? 0 : shape.Integer("group_id", int.MinValue, int.MaxValue);
        return new AnnotatedObject(category, CvatShape.Read(shape, size)) { GroupId = group == 0 ? null : group, Attributes = ReadAttributes(shape) };
    }

    private static DatasetAttributes ReadAttributes(LocatedXml shape)
    {
        var entries = new List<KeyValuePair<string, AttributeValue>>();
        if (shape.Flag("occluded"))
        {
            entries.Add(new("occluded", true));
        }

        if (shape.Attribute("z_order") is not null && shape.Integer("z_order", int.MinValue, int.MaxValue) is not 0 and var order)
        {
            entries.Add(new("z_order", (long)order));
        }

        foreach (var attribute in shape.Children("attribute"))
        {
            entries.Add(new(attribute.Required("name"), attribute.Element.Value));
        }

        return shape.Attributes(entries);
    }
}
