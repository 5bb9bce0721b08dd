using System.Text.Json;
using Maskwright.Datasets;
using Maskwright.Formats.Images;
using Maskwright.Formats.Json;
using Maskwright.Formats.Shapes;
using Maskwright.Geometry;
using Maskwright.Masks;
using Maskwright.Metrics;

namespace Maskwright.Formats.LabelStudio;

/// <summary>Reads the results of one task's annotation: shapes, and what is said of each of them.</summary>
internal static class LabelStudioRegion
{
    private const string DataUrl = "data:image/png;base64,";

    private static readonly string[] s_remarks = ["choices", "text", "number", "rating"];
    private static readonly string[] s_shapes = ["brush", "polygon", "rectangle", "ellipse", "bitmask"];

    /// <summary>Whether a result has a shape with an area.</summary>
    public static bool IsShape(LocatedJson result) => KindOf(result) is not null;

    /// <summary>The name in <c>value</c> under which the labels stand; null for a result without one.</summary>
    public static string? LabelsKey(LocatedJson result)
    {
        var type = result.Field("type").Text();
        return type == "labels" || (type.EndsWith("labels", StringComparison.Ordinal) && KindOf(result) is not null) ? type : null;
    }

    /// <summary>The labels of a result; empty when it has none.</summary>
    public static List<string> Labels(LocatedJson result) =>
        LabelsKey(result) is { } key && result.Field("value").Optional(key) is { } labels ? [.. labels.Items().Select(label => label.Text())] : [];

    /// <summary>The image's size as a result states it.</summary>
    public static ImageSize Size(LocatedJson result)
    {
        if (result.Optional("image_rotation")?.Number() is { } degrees && degrees != 0)
        {
            throw result.Field("image_rotation").Fault("the image was turned when it was labelled; results for turned images are not read");
        }

        return result.Size("original_width", "original_height");
    }

    /// <summary>The shape.</summary>
    public static ObjectShape Shape(LocatedJson result, ImageSize size)
    {
        var value = result.Field("value");
        return KindOf(result) switch
        {
            "brush" => Brush(value, size),
            "bitmask" => Bitmask(value, size),
            "polygon" => Polygon(value, size),
            "rectangle" => Rectangle(value, size),
            _ => Ellipse(value, size),
        };
    }

    /// <summary>What a result without a shape says of the region whose id it has.</summary>
    /// <returns>A value by the name of its control; null when the result says nothing that can be kept.</returns>
    public static KeyValuePair<string, AttributeValue>? Remark(LocatedJson result)
    {
        var value = result.Field("value");
        var said = s_remarks.Where(value.Has).Select(key => value.Field(key)).FirstOrDefault();
        if (said.Kind == JsonValueKind.Undefined)
        {
            return null;
        }

        var attribute = said.Attribute();
        return new(result.Field("from_name").Text(), attribute is ListValue { Values: [var only] } ? only : attribute);
    }

    private static string? KindOf(LocatedJson result)
    {
        var type = result.Field("type").Text();
        return Array.Find(s_shapes, shape => type == shape || type == shape + "labels");
    }

    private static MaskShape Brush(LocatedJson value, ImageSize size)
    {
        var rle = value.Field("rle");
        var bytes = new byte[rle.Count];
        var i = 0;
        foreach (var item in rle.Element.EnumerateArray())
        {
            bytes[i++] = item.ValueKind == JsonValueKind.Number && item.TryGetByte(out var number) ? number : throw rle.Fault($"entry {i - 1} of 'rle' is not a byte");
        }

        try
        {
            return new MaskShape(RunLengthMask.FromMask(BrushRle.Decode(bytes, size)));
        }
        catch (FormatException e)
        {
            throw rle.Fault($"'rle': {e.Message}", e);
        }
    }

    private static MaskShape Bitmask(LocatedJson value, ImageSize size)
    {
        var url = value.Field("imageDataURL");
        if (!url.Text().StartsWith(DataUrl, StringComparison.Ordinal))
        {
            throw url.Fault("'imageDataURL' holds no PNG");
        }

        var mask = Base64Mask.Read(url, prefix: DataUrl);
        return mask.Size == size ? new MaskShape(RunLengthMask.FromMask(mask)) : throw url.Fault($"the mask is {mask.Size}, but the image is {size}");
    }

    private static PolygonShape Polygon(LocatedJson value, ImageSize size)
    {
        var points = value.Field("points");
        var ring = Array.ConvertAll(points.Points(), point => Pixel(point.X, point.Y, size));
        return new PolygonShape([new PolygonPart(RingChecks.Checked(ring, reason => points.Fault(reason)))]);
    }

    // A turned rectangle turns around its first corner.
    private static ObjectShape Rectangle(LocatedJson value, ImageSize size)
    {
        var corner = Pixel(value.Field("x").Number(), value.Field("y").Number(), size);
        var extent = Pixel(value.Field("width").Number(), value.Field("height").Number(), size);
        PixelPoint[] ring = [corner, new(corner.X + extent.X, corner.Y), new(corner.X + extent.X, corner.Y + extent.Y), new(corner.X, corner.Y + extent.Y)];
        RingChecks.Checked(ring, reason => value.Fault(reason));
        if (extent.X < 0 || extent.Y < 0)
        {
            throw value.Fault("the rectangle has a negative side");
        }

        var degrees = value.Optional("rotation")?.Number() ?? 0;
        return degrees == 0 ? new BoxShape(new ObjectBox(corner.X, corner.Y, extent.X, extent.Y)) : new PolygonShape([new PolygonPart(Turning.Turned(ring, corner, degrees))]);
    }

    private static PolygonShape Ellipse(LocatedJson value, ImageSize size)
    {
        var centre = Pixel(value.Field("x").Number(), value.Field("y").Number(), size);
        var radius = Pixel(value.Field("radiusX").Number(), value.Field("radiusY").Number(), size);
        var ring = Turning.Ellipse(centre, radius.X, radius.Y, value.Optional("rotation")?.Number() ?? 0);
        return new PolygonShape([new PolygonPart(RingChecks.Checked(ring, reason => value.Fault(reason)))]);
    }

    /// <summary>From percent of the image's sides to pixels.</summary>
    public static PixelPoint Pixel(double x, double y, ImageSize size) => new(Rounding.Cleaned(x / 100 * size.Width), Rounding.Cleaned(y / 100 * size.Height));

    /// <summary>From pixels to percent of the image's sides.</summary>
    public static PixelPoint Percent(double x, double y, ImageSize size) => new(x * 100 / size.Width, y * 100 / size.Height);
}
