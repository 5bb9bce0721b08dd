using System.Globalization;
using System.Xml;
using Maskwright.Datasets;
using Maskwright.Formats.Datasets;
using Maskwright.Formats.Runs;
using Maskwright.Formats.Shapes;
using Maskwright.Formats.Xml;

namespace Maskwright.Formats.Cvat;

/// <summary>Writes CVAT's XML for images, version 1.1.</summary>
/// <remarks>
/// Boxes and polygons of one part without holes stay what they are; everything else becomes a <c>mask</c>, run lengths row by row within its bounds. The attributes
/// <c>occluded</c> (true) and <c>z_order</c> (a whole number) become those of CVAT, all others <c>attribute</c> elements, which hold text. CVAT takes
/// the file where the task has labels and attributes of these names.
/// </remarks>
public sealed class CvatWriter : IDatasetWriter
{
    /// <inheritdoc/>
    public string FormatName => "cvat";

    /// <inheritdoc/>
    public string Description => "CVAT for images 1.1: one XML file";

    /// <inheritdoc/>
    public DatasetFeatures Features =>
        DatasetFeatures.ExactPixels | DatasetFeatures.Holes | DatasetFeatures.Parts | DatasetFeatures.Overlap | DatasetFeatures.BoxShapes
        | DatasetFeatures.Groups | DatasetFeatures.Attributes | DatasetFeatures.Categories | DatasetFeatures.Colours | DatasetFeatures.UnusedCategories | DatasetFeatures.ImageIds
        | DatasetFeatures.FileNames | DatasetFeatures.SeveralImages | DatasetFeatures.EmptyImages | DatasetFeatures.Splits;

    /// <inheritdoc/>
    public bool WritesFolder => false;

    /// <inheritdoc/>
    public string Suffix => ".xml";

    /// <inheritdoc/>
    public LossReport Write(AnnotatedDataset dataset, string path, DatasetWriteOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        options ??= DatasetWriteOptions.Default;
        OutputPlace.PrepareFile(path, options.Overwrite);
        var tally = new LossTally(Features);
        tally.Start(dataset);
        tally.AddRenumbered(dataset.Categories, (_, index) => index + 1);
        AtomicFile.Write(path, stream => WriteAll(stream, dataset, options, tally, cancellationToken));
        return tally.ToReport();
    }

    private static void WriteAll(Stream stream, AnnotatedDataset dataset, DatasetWriteOptions options, LossTally tally, CancellationToken cancellationToken)
    {
        using var xml = XmlWriter.Create(stream, new XmlWriterSettings { Indent = true, NewLineChars = "\n", CloseOutput = false });
        xml.WriteStartElement("annotations");
        xml.WriteElementString("version", "1.1");
        WriteMeta(xml, dataset);
        var ids = new IdAssignment();
        foreach (var image in dataset.Images)
        {
            cancellationToken.ThrowIfCancellationRequested();
            WriteImage(xml, image, ids, options, tally);
            tally.Add(image);
        }

        xml.WriteEndElement();
    }

    private static void WriteMeta(XmlWriter xml, AnnotatedDataset dataset)
    {
        xml.WriteStartElement("meta");
        xml.WriteStartElement("task");
        if (dataset.ImageCount is { } count)
        {
            xml.WriteElementString("size", Text(count));
        }

        xml.WriteElementString("mode", "annotation");
        xml.WriteStartElement("labels");
        foreach (var category in dataset.Categories)
        {
            xml.WriteStartElement("label");
            xml.WriteElementString("name", XmlCharacters.Clean(category.Name));
            if (category.Colour is { } colour)
            {
                xml.WriteElementString("color", colour.ToString());
            }

            xml.WriteElementString("type", "any");
            xml.WriteStartElement("attributes");
            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void WriteImage(XmlWriter xml, AnnotatedImage image, IdAssignment ids, DatasetWriteOptions options, LossTally tally)
    {
        var id = ids.Assign(image.Id is >= 0 and <= int.MaxValue ? image.Id : null, out var isKept);
        tally.Add(LossKind.ImageIdsDropped, image, count: image.Id is null || (isKept && id == image.Id) ? 0 : 1);
        xml.WriteStartElement("image");
        xml.WriteAttributeString("id", Text(id));
        xml.WriteAttributeString("name", XmlCharacters.Clean(image.FileName));
        if (image.Split is { } split)
        {
            xml.WriteAttributeString("subset", XmlCharacters.Clean(split));
        }

        xml.WriteAttributeString("width", Text(image.Size.Width));
        xml.WriteAttributeString("height", Text(image.Size.Height));
        var shapes = new ShapeWriting(image, options, tally);
        for (var i = 0; i < image.Objects.Count; i++)
        {
            WriteObject(xml, shapes, i, options, tally);
        }

        xml.WriteEndElement();
    }

    private static void WriteObject(XmlWriter xml, ShapeWriting shapes, int index, DatasetWriteOptions options, LossTally tally)
    {
        var item = shapes.Image.Objects[index];
        tally.Add(LossKind.GroupsDropped, shapes.Image, index, item.GroupId is null || IsGroup(item.GroupId) ? 0 : 1);
        if (options.Shapes == ShapeEncoding.AsGiven && item.Shape is BoxShape box)
        {
            var (right, bottom) = (box.Box.X + box.Box.Width, box.Box.Y + box.Box.Height);
            tally.Add(LossKind.CoordinatesRounded, shapes.Image, index, Rounding.IsSeen([box.Box.Width, box.Box.Height], [right - box.Box.X, bottom - box.Box.Y]) ? 1 : 0);
            WriteElement(xml, "box", item, [("xtl", Text(box.Box.X)), ("ytl", Text(box.Box.Y)), ("xbr", Text(right)), ("ybr", Text(bottom))]);
        }
        else if (options.Shapes == ShapeEncoding.Polygons || (options.Shapes == ShapeEncoding.AsGiven && item.Shape is PolygonShape { Parts: [{ Holes.Count: 0 }] }))
        {
            WritePolygon(xml, shapes, index, tally);
        }
        else
        {
            WriteMask(xml, shapes, index, tally);
        }
    }

    private static void WritePolygon(XmlWriter xml, ShapeWriting shapes, int index, LossTally tally)
    {
        var ring = shapes.Outline(index);
        if (ring.Count < 3)
        {
            tally.Drop(shapes.Image, index);
            return;
        }

        WriteElement(xml, "polygon", shapes.Image.Objects[index], [("points", string.Join(';', ring.Select(corner => $"{Text(corner.X)},{Text(corner.Y)}")))]);
    }

    private static void WriteMask(XmlWriter xml, ShapeWriting shapes, int index, LossTally tally)
    {
        var mask = shapes.Mask(index);
        if (mask.Area == 0)
        {
            tally.Drop(shapes.Image, index);
            return;
        }

        var bounds = mask.Bounds;
        var counts = RowMajorRuns.Of(mask.PlaceIn(bounds.Size, -bounds.X, -bounds.Y).ToBinaryMask());
        WriteElement(
            xml, "mask", shapes.Image.Objects[index],
            [("rle", string.Join(", ", counts.Select(count => Text(count)))), ("left", Text(bounds.X)), ("top", Text(bounds.Y)), ("width", Text(bounds.Width)), ("height", Text(bounds.Height))]);
    }

    private static void WriteElement(XmlWriter xml, string name, AnnotatedObject item, ReadOnlySpan<(string Name, string Value)> values)
    {
        var order = item.Attributes["z_order"] is IntegerValue { Number: >= int.MinValue and <= int.MaxValue } number ? number.Number : 0;
        var isOccluded = item.Attributes["occluded"] is FlagValue { IsSet: true };
        xml.WriteStartElement(name);
        xml.WriteAttributeString("label", XmlCharacters.Clean(item.Category.Name));
        xml.WriteAttributeString("source", "file");
        xml.WriteAttributeString("occluded", isOccluded ? "1" : "0");
        foreach (var (key, value) in values)
        {
            xml.WriteAttributeString(key, value);
        }

        xml.WriteAttributeString("z_order", Text(order));
        if (item.GroupId is { } group && IsGroup(group))
        {
            xml.WriteAttributeString("group_id", Text(group));
        }

        foreach (var (key, value) in item.Attributes.Where(attribute => !(attribute.Key == "z_order" && order != 0) && !(attribute.Key == "occluded" && isOccluded)))
        {
            xml.WriteStartElement("attribute");
            xml.WriteAttributeString("name", XmlCharacters.Clean(key));
            xml.WriteString(XmlCharacters.Clean(value.ToString()));
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    // 0 means no group.
    private static bool IsGroup(long? group) => group is not 0 and >= int.MinValue and <= int.MaxValue;

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
