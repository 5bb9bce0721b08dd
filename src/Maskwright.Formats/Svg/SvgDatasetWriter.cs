using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Xml;
using Maskwright.Datasets;
using Maskwright.Formats.Coco;
using Maskwright.Formats.Datasets;
using Maskwright.Formats.Folders;
using Maskwright.Formats.Json;
using Maskwright.Formats.Labels;
using Maskwright.Formats.Shapes;
using Maskwright.Formats.Xml;
using Maskwright.Images;

namespace Maskwright.Formats.Svg;

/// <summary>Writes a folder of SVG drawings, one an image: a path for each part of an object, with its holes.</summary>
/// <remarks>
/// User units are pixels, y down. Paths fill by the even-odd rule. Masks become their outlines along pixel edges, boxes rectangles, objects of several parts groups.
/// <c>id</c> counts the objects from 1, <c>class</c> is the category as a word for style sheets; everything else that is known stands as JSON in <c>metadata</c>, in the names of
/// <see cref="GeoJson.GeoJsonWriter"/>.
/// </remarks>
public sealed class SvgDatasetWriter : IDatasetWriter
{
    private const string Namespace = "http://www.w3.org/2000/svg";

    /// <inheritdoc/>
    public string FormatName => "svg";

    /// <inheritdoc/>
    public string Description => "SVG: a folder of drawings, one an image";

    /// <inheritdoc/>
    public DatasetFeatures Features =>
        DatasetFeatures.ExactVertices | DatasetFeatures.ExactHoleVertices | DatasetFeatures.ExactPixels | DatasetFeatures.Holes | DatasetFeatures.Parts | DatasetFeatures.Overlap
        | DatasetFeatures.BoxShapes | DatasetFeatures.Boxes | DatasetFeatures.Areas | DatasetFeatures.Crowds | DatasetFeatures.IgnoreFlags | DatasetFeatures.Scores | DatasetFeatures.ObjectIds
        | DatasetFeatures.Groups | DatasetFeatures.Tracks | DatasetFeatures.Attributes | DatasetFeatures.TypedAttributes | DatasetFeatures.Categories | DatasetFeatures.CategoryIds
        | DatasetFeatures.Supercategories | DatasetFeatures.Stuff | DatasetFeatures.Colours | DatasetFeatures.CategoryAttributes | DatasetFeatures.UnusedCategories | DatasetFeatures.ImageIds
        | DatasetFeatures.FileNames | DatasetFeatures.SeveralImages | DatasetFeatures.EmptyImages | DatasetFeatures.ImageAttributes | DatasetFeatures.Splits | DatasetFeatures.EmptyObjects;

    /// <inheritdoc/>
    public bool WritesFolder => true;

    /// <inheritdoc/>
    public LossReport Write(AnnotatedDataset dataset, string path, DatasetWriteOptions? options = null, CancellationToken cancellationToken = default) =>
        FileEachImage.Write(dataset, path, ".svg", Features, options, WriteImage, cancellationToken);

    private static void WriteImage(Stream stream, AnnotatedImage image, IReadOnlyList<DatasetCategory> categories, DatasetWriteOptions options, LossTally tally)
    {
        using var xml = XmlWriter.Create(stream, new XmlWriterSettings { Indent = true, NewLineChars = "\n", Encoding = new UTF8Encoding(false) });
        xml.WriteStartElement("svg", Namespace);
        xml.WriteAttributeString("viewBox", string.Create(CultureInfo.InvariantCulture, $"0 0 {image.Size.Width} {image.Size.Height}"));
        xml.WriteAttributeString("width", Text(image.Size.Width));
        xml.WriteAttributeString("height", Text(image.Size.Height));
        xml.WriteAttributeString("fill-rule", "evenodd");
        xml.WriteAttributeString("fill-opacity", "0.5");
        xml.WriteElementString("title", Namespace, XmlCharacters.Clean(image.FileName));
        WriteCard(xml, json => ImageCard.Write(json, image, categories));
        var places = categories.Select((category, index) => (category.Id, index)).ToDictionary(entry => entry.Id, entry => entry.index);
        var shapes = new ShapeWriting(image, options, tally);
        for (var i = 0; i < image.Objects.Count; i++)
        {
            WriteObject(xml, shapes, i, places.GetValueOrDefault(image.Objects[i].Category.Id));
        }

        xml.WriteEndElement();
    }

    private static void WriteObject(XmlWriter xml, ShapeWriting shapes, int index, int category)
    {
        var item = shapes.Image.Objects[index];
        var polygons = item.Shape is BoxShape ? null : shapes.Polygons(index);
        xml.WriteStartElement(polygons is null ? "rect" : polygons.Parts.Count == 1 ? "path" : "g", Namespace);
        xml.WriteAttributeString("id", $"object-{Text(index + 1)}");
        xml.WriteAttributeString("class", Word(item.Category.Name));
        xml.WriteAttributeString("fill", (item.Category.Colour ?? Shade(category)).ToString());
        if (item.Shape is BoxShape { Box: var box })
        {
            xml.WriteAttributeString("x", Text(box.X));
            xml.WriteAttributeString("y", Text(box.Y));
            xml.WriteAttributeString("width", Text(box.Width));
            xml.WriteAttributeString("height", Text(box.Height));
        }
        else if (polygons is { Parts: [var only] })
        {
            xml.WriteAttributeString("d", PathData(only));
        }

        WriteCard(xml, json => ObjectCard.Write(json, item));
        foreach (var part in polygons is null or { Parts.Count: 1 } ? [] : polygons.Parts)
        {
            xml.WriteStartElement("path", Namespace);
            xml.WriteAttributeString("d", PathData(part));
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void WriteCard(XmlWriter xml, Action<Utf8JsonWriter> write)
    {
        using var bytes = new MemoryStream();
        using (var json = CocoJson.Writer(bytes))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        xml.WriteElementString("metadata", Namespace, XmlCharacters.Clean(Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length)));
    }

    private static string PathData(PolygonPart part)
    {
        var text = new StringBuilder();
        foreach (var ring in part.Rings)
        {
            for (var i = 0; i < ring.Count; i++)
            {
                text.Append(i == 0 ? 'M' : 'L').Append(CultureInfo.InvariantCulture, $"{ring[i].X:R} {ring[i].Y:R}");
            }

            text.Append('Z');
        }

        return text.ToString();
    }

    private static string Word(string name) => string.Concat(name.Select(c => char.IsLetterOrDigit(c) || c is '_' or '-' ? c : '-')) is { Length: > 0 } word ? word : "unnamed";

    private static RgbColour Shade(int category)
    {
        var colour = VocPalette.Colours.Slice(3 * ((category % 255) + 1), 3);
        return new RgbColour(colour[0], colour[1], colour[2]);
    }

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
