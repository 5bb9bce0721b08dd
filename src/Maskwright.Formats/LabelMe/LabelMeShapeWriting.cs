using System.Text.Json;
using Maskwright.Datasets;
using Maskwright.Formats.Datasets;
using Maskwright.Formats.Images;
using Maskwright.Formats.Json;
using Maskwright.Formats.Shapes;
using Maskwright.Geometry;
using Maskwright.Masks;

namespace Maskwright.Formats.LabelMe;

/// <summary>Writes the objects of one image as LabelMe's shapes.</summary>
internal sealed class LabelMeShapeWriting(Utf8JsonWriter json, AnnotatedImage image, DatasetWriteOptions options, LossTally tally)
{
    private readonly ShapeWriting _shapes = new(image, options, tally);
    private int _group;

    /// <summary>Writes all objects.</summary>
    public void WriteAll()
    {
        for (var i = 0; i < image.Objects.Count; i++)
        {
            WriteObject(i);
        }
    }

    private void WriteObject(int index)
    {
        switch (image.Objects[index].Shape)
        {
            case BoxShape box when options.Shapes == ShapeEncoding.AsGiven:
                WriteBox(index, box);
                break;
            case PolygonShape { HasHoles: false } polygons when options.Shapes == ShapeEncoding.AsGiven:
                WriteParts(index, polygons);
                break;
            case var _ when options.Shapes == ShapeEncoding.Polygons && _shapes.Polygons(index) is { HasHoles: false } polygons:
                WriteParts(index, polygons);
                break;
            case var _ when options.Shapes == ShapeEncoding.Polygons:
                WriteParts(index, new PolygonShape([new PolygonPart(_shapes.Outline(index))]));
                break;
            default:
                WriteMask(index, _shapes.Mask(index));
                break;
        }
    }

    private void WriteBox(int index, BoxShape shape)
    {
        var box = shape.Box;
        var (right, bottom) = (box.X + box.Width, box.Y + box.Height);
        tally.Add(LossKind.CoordinatesRounded, image, index, Rounding.IsSeen([box.Width, box.Height], [right - box.X, bottom - box.Y]) ? 1 : 0);
        WriteShape(index, "rectangle", [new(box.X, box.Y), new(right, bottom)], null, null);
    }

    private void WriteParts(int index, PolygonShape shape)
    {
        long? group = shape.Parts.Count > 1 ? _group++ : null;
        if (shape.Parts.Count == 0)
        {
            tally.Drop(image, index);
        }

        foreach (var part in shape.Parts)
        {
            WriteShape(index, "polygon", part.Outer, group, null);
        }
    }

    private void WriteMask(int index, RunLengthMask mask)
    {
        if (mask.Area == 0)
        {
            tally.Drop(image, index);
            return;
        }

        var bounds = mask.Bounds;
        var crop = mask.PlaceIn(bounds.Size, -bounds.X, -bounds.Y).ToBinaryMask();
        WriteShape(index, "mask", [new(bounds.X, bounds.Y), new(bounds.Right - 1, bounds.Bottom - 1)], null, Base64Mask.Write(crop));
    }

    private void WriteShape(int index, string type, IReadOnlyList<PixelPoint> points, long? group, string? mask)
    {
        var item = image.Objects[index];
        var description = item.Attributes is [{ Key: "description", Value: TextValue { Text.Length: > 0 } text }, ..] ? text.Text : null;
        var rest = item.Attributes.Skip(description is null ? 0 : 1).ToList();
        json.WriteStartObject();
        json.WriteString("label", item.Category.Name);
        WritePoints(points);
        WriteNumber("group_id", group);
        json.WriteString("description", description ?? string.Empty);
        json.WriteString("shape_type", type);
        json.WriteStartObject("flags");
        JsonAttributes.WriteFields(json, rest.TakeWhile(attribute => attribute.Value is FlagValue));
        json.WriteEndObject();
        json.WriteString("mask", mask);
        WriteAdditions(item, rest.SkipWhile(attribute => attribute.Value is FlagValue).ToList());
        json.WriteEndObject();
    }

    private void WriteAdditions(AnnotatedObject item, List<KeyValuePair<string, AttributeValue>> attributes)
    {
        if (item.IsIgnored && item.Category.Name != LabelMeReader.Ignored)
        {
            json.WriteBoolean("difficult", true);
        }

        if (item.Score is { } score)
        {
            json.WriteNumber("score", score);
        }

        if (attributes.Count > 0)
        {
            json.WriteStartObject("attributes");
            JsonAttributes.WriteFields(json, attributes);
            json.WriteEndObject();
        }
    }

    private void WritePoints(IReadOnlyList<PixelPoint> points)
    {
        json.WriteStartArray("points");
        foreach (var point in points)
        {
            json.WriteStartArray();
            json.WriteNumberValue(point.X);
            json.WriteNumberValue(point.Y);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private void WriteNumber(string name, long? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
