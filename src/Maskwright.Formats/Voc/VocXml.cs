using System.Globalization;
using System.Xml;
using Maskwright.Datasets;
using Maskwright.Formats.Xml;
using Maskwright.Geometry;
using Maskwright.Metrics;

namespace Maskwright.Formats.Voc;

/// <summary>One of VOC's XML files.</summary>
/// <param name="FileName">The image's file; null when the file does not name it.</param>
/// <param name="Size">The image's size; null when it is missing or 0.</param>
/// <param name="Objects">The objects in order.</param>
internal sealed record VocXml(string? FileName, ImageSize? Size, IReadOnlyList<VocObject> Objects)
{
    /// <summary>Reads a file.</summary>
    public static VocXml Read(string path)
    {
        var root = XmlFile.Load(path, "annotation");
        var size = root.Optional("size");
        var (width, height) = size is { } given ? (given.Child("width").Integer(0, int.MaxValue), given.Child("height").Integer(0, int.MaxValue)) : (0, 0);
        var name = root.Optional("filename")?.Text;
        return new VocXml(string.IsNullOrEmpty(name) ? null : name, width > 0 && height > 0 ? new ImageSize(width, height) : null, [.. root.Children("object").Select(VocObject.Read)]);
    }

    /// <summary>Writes a file.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="image">The image.</param>
    /// <param name="fileName">Its name.</param>
    /// <param name="objects">The objects to list, with their boxes between pixels.</param>
    /// <param name="isSegmented">Whether there are label images.</param>
    public static void Write(Stream stream, AnnotatedImage image, string fileName, IEnumerable<(AnnotatedObject Item, ObjectBox Box)> objects, bool isSegmented)
    {
        using var xml = XmlWriter.Create(stream, new XmlWriterSettings { Indent = true, NewLineChars = "\n", OmitXmlDeclaration = true });
        xml.WriteStartElement("annotation");
        xml.WriteElementString("folder", string.Empty);
        xml.WriteElementString("filename", fileName);
        xml.WriteStartElement("size");
        xml.WriteElementString("width", Text(image.Size.Width));
        xml.WriteElementString("height", Text(image.Size.Height));
        xml.WriteElementString("depth", "3");
        xml.WriteEndElement();
        xml.WriteElementString("segmented", isSegmented ? "1" : "0");
        foreach (var (item, box) in objects)
        {
            WriteObject(xml, item, box);
        }

        xml.WriteEndElement();
    }

    private static void WriteObject(XmlWriter xml, AnnotatedObject item, ObjectBox box)
    {
        xml.WriteStartElement("object");
        xml.WriteElementString("name", item.Category.Name);
        xml.WriteElementString("pose", "Unspecified");
        xml.WriteElementString("truncated", item.Attributes["truncated"] is FlagValue { IsSet: true } ? "1" : "0");
        xml.WriteElementString("difficult", item.IsIgnored ? "1" : "0");
        xml.WriteStartElement("bndbox");
        xml.WriteElementString("xmin", Text(box.X + 1));
        xml.WriteElementString("ymin", Text(box.Y + 1));
        xml.WriteElementString("xmax", Text(box.X + box.Width));
        xml.WriteElementString("ymax", Text(box.Y + box.Height));
        xml.WriteEndElement();
        WriteAttributes(xml, item.Attributes.Where(attribute => attribute is not { Key: "truncated", Value: FlagValue { IsSet: true } }).ToList());
        xml.WriteEndElement();
    }

    private static void WriteAttributes(XmlWriter xml, List<KeyValuePair<string, AttributeValue>> attributes)
    {
        if (attributes.Count == 0)
        {
            return;
        }

        xml.WriteStartElement("attributes");
        foreach (var (name, value) in attributes)
        {
            xml.WriteStartElement("attribute");
            xml.WriteElementString("name", XmlCharacters.Clean(name));
            xml.WriteElementString("value", XmlCharacters.Clean(value.ToString()));
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
