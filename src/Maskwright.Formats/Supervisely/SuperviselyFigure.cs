using System.Text.Json;
using Maskwright.Datasets;
using Maskwright.Formats.Images;
using Maskwright.Formats.Json;
using Maskwright.Formats.Shapes;
using Maskwright.Geometry;
using Maskwright.Masks;
using Maskwright.Metrics;

namespace Maskwright.Formats.Supervisely;

/// <summary>Reads the figures of Supervisely's annotations, whose coordinates name pixels: those between pixels are half a pixel more.</summary>
internal static class SuperviselyFigure
{
    /// <summary>Reads the shape of an object; null for one without area.</summary>
    public static ObjectShape? Read(LocatedJson json, ImageSize size)
    {
        var type = json.Has("geometryType") ? json.Field("geometryType") : json.Field("shape");
        return type.Text() switch
        {
            "polygon" => Polygon(json),
            "rectangle" => Rectangle(json.Field("points").Field("exterior")),
            "bitmap" => Bitmap(json.Field("bitmap"), size),
            "point" or "line" or "polyline" or "graph" or "cuboid" or "cuboid_2d" => null,
            var other => throw type.Fault($"the figure type '{other}' is not read"),
        };
    }

    private static PolygonShape Polygon(LocatedJson json)
    {
        var points = json.Field("points");
        var outer = Ring(points.Field("exterior"));
        return new PolygonShape([new PolygonPart(outer) { Holes = [.. (points.Optional("interior")?.Items() ?? []).Select(Ring)] }]);
    }

    private static PixelPoint[] Ring(LocatedJson points) =>
        RingChecks.Checked(Array.ConvertAll(points.Points(), point => new PixelPoint(point.X + 0.5, point.Y + 0.5)), reason => points.Fault(reason));

    // The corners are the first and the last pixel.
    private static BoxShape Rectangle(LocatedJson exterior)
    {
        if (exterior.Points() is not [var a, var b])
        {
            throw exterior.Fault($"a rectangle of {exterior.Count} points; it has 2");
        }

        RingChecks.Checked([a, b, b], reason => exterior.Fault(reason));
        var (left, top) = (Math.Min(a.X, b.X), Math.Min(a.Y, b.Y));
        return new BoxShape(new ObjectBox(left, top, Math.Max(a.X, b.X) + 1 - left, Math.Max(a.Y, b.Y) + 1 - top));
    }

    private static MaskShape Bitmap(LocatedJson bitmap, ImageSize size)
    {
        var crop = Base64Mask.Read(bitmap.Field("data"), mayBePacked: true);
        var origin = bitmap.Field("origin").Point();
        var (x, y) = (Math.Floor(origin.X), Math.Floor(origin.Y));
        return Math.Abs(x) <= PolygonRasteriser.MaxCoordinate && Math.Abs(y) <= PolygonRasteriser.MaxCoordinate
            ? new MaskShape(RunLengthMask.FromMask(crop).PlaceIn(size, (int)x, (int)y))
            : throw bitmap.Field("origin").Fault("the mask is nowhere near its image");
    }

    /// <summary>Writes a shape's fields into an object that is being written.</summary>
    public static void WritePolygon(Utf8JsonWriter json, PolygonPart part)
    {
        json.WriteString("geometryType", "polygon");
        json.WriteString("shape", "polygon");
        json.WriteStartObject("points");
        json.WriteStartArray("exterior");
        WritePoints(json, part.Outer);
        json.WriteEndArray();
        json.WriteStartArray("interior");
        foreach (var hole in part.Holes)
        {
            json.WriteStartArray();
            WritePoints(json, hole);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Writes a box.</summary>
    public static void WriteRectangle(Utf8JsonWriter json, ObjectBox box)
    {
        json.WriteString("geometryType", "rectangle");
        json.WriteString("shape", "rectangle");
        json.WriteStartObject("points");
        json.WriteStartArray("exterior");
        WritePoints(json, [new(box.X + 0.5, box.Y + 0.5), new(box.X + box.Width - 0.5, box.Y + box.Height - 0.5)]); // minus half a pixel each
        json.WriteEndArray();
        json.WriteStartArray("interior");
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Writes a mask that is not empty.</summary>
    public static void WriteBitmap(Utf8JsonWriter json, RunLengthMask mask)
    {
        var bounds = mask.Bounds;
        json.WriteString("geometryType", "bitmap");
        json.WriteString("shape", "bitmap");
        json.WriteStartObject("bitmap");
        json.WriteString("data", Base64Mask.WritePacked(mask.PlaceIn(bounds.Size, -bounds.X, -bounds.Y).ToBinaryMask()));
        json.WriteStartArray("origin");
        json.WriteNumberValue(bounds.X);
        json.WriteNumberValue(bounds.Y);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WritePoints(Utf8JsonWriter json, IReadOnlyList<PixelPoint> points)
    {
        foreach (var point in points)
        {
            json.WriteStartArray();
            json.WriteNumberValue(point.X - 0.5);
            json.WriteNumberValue(point.Y - 0.5);
            json.WriteEndArray();
        }
    }
}
