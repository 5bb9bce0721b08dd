using Maskwright.Datasets;
using Maskwright.Formats.Xml;
using Maskwright.Metrics;

namespace Maskwright.Formats.Voc;

/// <summary>An <c>object</c> of VOC's XML.</summary>
internal sealed record VocObject(string Name, ObjectBox Box, bool IsDifficult, DatasetAttributes Attributes)
{
    private static readonly string[] s_flags = ["truncated", "occluded"];

    /// <summary>Reads the element. VOC counts pixels from 1 and names the last one; the box lies between pixels.</summary>
    public static VocObject Read(LocatedXml xml)
    {
        var box = xml.Child("bndbox");
        var (left, top, right, bottom) = (box.Child("xmin").Number() - 1, box.Child("ymin").Number() - 1, box.Child("xmax").Number(), box.Child("ymax").Number());
        if (!(right >= left && bottom >= top && Math.Max(Math.Max(Math.Abs(left), Math.Abs(top)), Math.Max(right, bottom)) <= Masks.PolygonRasteriser.MaxCoordinate))
        {
            throw box.Fault(FormattableString.Invariant($"the box from ({left + 1}, {top + 1}) to ({right}, {bottom}) is no box on an image"));
        }

        return new VocObject(
            xml.Child("name").Text,
            new ObjectBox(left, top, right - left, bottom - top),
            xml.Optional("difficult")?.Flag() ?? false,
            ReadAttributes(xml));
    }

    private static DatasetAttributes ReadAttributes(LocatedXml xml)
    {
        var entries = new List<KeyValuePair<string, AttributeValue>>();
        if (xml.Optional("pose")?.Text is { Length: > 0 } pose && pose != "Unspecified")
        {
            entries.Add(new("pose", pose));
        }

        foreach (var name in s_flags)
        {
            if (xml.Optional(name) is { } flag && flag.Flag())
            {
                entries.Add(new(name, true));
            }
        }

        foreach (var attribute in xml.Optional("attributes")?.Children("attribute") ?? [])
        {
            entries.Add(new(attribute.Child("name").Element.Value, attribute.Child("value").Element.Value));
        }

        return xml.Attributes(entries);
    }
}
