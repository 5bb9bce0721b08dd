using System.Text.Json;
using Maskwright.Datasets;
using Maskwright.Formats.Images;
using Maskwright.Formats.Json;
using Maskwright.Formats.Shapes;
using Maskwright.Geometry;
using Maskwright.Masks;
using Maskwright.Metrics;

namespace Maskwright.Formats.LabelMe;

/// <summary>One entry of <c>shapes</c>: an object, or a part of one.</summary>
internal sealed record LabelMeShape(string Label, long? Group, ObjectShape Shape, bool IsIgnored, double? Score, DatasetAttributes Attributes)
{
    private static readonly string[] s_known =
        ["label", "points", "group_id", "shape_type", "flags", "description", "mask", "difficult", "score", "attributes"];

    /// <summary>Reads an entry.</summary>
    /// <returns>Null for an entry without area: a point or a line.</returns>
    public static LabelMeShape? Read(LocatedJson json, ImageSize size)
    {
        var label = json.Field("label").Text();
        var type = json.Optional("shape_type")?.Text() ?? "polygon";
        var shape = Region(json, type, size);
        return shape is null ? null : new LabelMeShape(
            label,
            json.Optional("group_id")?.Integer(),
            shape,
            json.Optional("difficult")?.Flag() ?? false,
            json.Optional("score")?.Number(),
            ReadAttributes(json));
    }

    private static ObjectShape? Region(LocatedJson json, string type, ImageSize size)
    {
        var points = json.Field("points");
        switch (type)
        {
            case "polygon":
                return Polygon(points);
            case "oriented_rectangle" or "rotation":
                CheckCount(points, 4, type);
                return Polygon(points);
            case "rectangle":
                return Rectangle(points);
            case "circle":
                CheckCount(points, 2, type);
                return Circle(points.Points(), size);
            case "mask":
                CheckCount(points, 2, type);
                return Mask(json, points.Points(), size);
            case "point" or "points" or "line" or "linestrip":
                return null;
            default:
                throw json.Field("shape_type").Fault($"the shape type '{type}' is unknown");
        }
    }

    private static PolygonShape Polygon(LocatedJson points) => new([new PolygonPart(RingChecks.Checked(points.Points(), reason => points.Fault(reason)))]);

    // Two opposite corners; X-AnyLabeling writes all four.
    private static BoxShape Rectangle(LocatedJson points)
    {
        var corners = points.Points();
        if (corners.Length is not (2 or 4))
        {
            throw points.Fault($"a rectangle of {corners.Length} points; it has 2 or 4");
        }

        var (left, top) = (corners.Min(corner => corner.X), corners.Min(corner => corner.Y));
        var box = new ObjectBox(left, top, corners.Max(corner => corner.X) - left, corners.Max(corner => corner.Y) - top);
        RingChecks.Checked([corners[0], corners[1], corners[^1]], reason => points.Fault(reason));
        return new BoxShape(box);
    }

    // The pixels whose centres lie within the circle around the first point through the second.
    private static MaskShape Circle(PixelPoint[] points, ImageSize size)
    {
        var (dx, dy) = (points[1].X - points[0].X, points[1].Y - points[0].Y);
        var radiusSquared = (dx * dx) + (dy * dy);
        var mask = new BinaryMask(size);
        for (var y = 0; y < size.Height; y++)
        {
            var reach = radiusSquared - ((y + 0.5 - points[0].Y) * (y + 0.5 - points[0].Y));
            if (reach >= 0)
            {
                var left = Math.Clamp(Math.Ceiling(points[0].X - Math.Sqrt(reach) - 0.5), 0, size.Width);
                var right = Math.Clamp(Math.Floor(points[0].X + Math.Sqrt(reach) - 0.5) + 1, left, size.Width);
                Runs.RowMajorRuns.Fill(mask, ((long)y * size.Width) + (long)left, ((long)y * size.Width) + (long)right);
            }
        }

        return new MaskShape(RunLengthMask.FromMask(mask));
    }

    // The points are the first and the last pixel of the crop; with fractions, which dragging makes, the crop's own size counts.
    private static MaskShape Mask(LocatedJson json, PixelPoint[] points, ImageSize size)
    {
        var crop = Base64Mask.Read(json.Field("mask"));
        var (left, top) = (Math.Round(points[0].X, MidpointRounding.ToEven), Math.Round(points[0].Y, MidpointRounding.ToEven));
        if (points.All(point => point.X == Math.Truncate(point.X) && point.Y == Math.Truncate(point.Y))
            && (points[1].X - left + 1 != crop.Width || points[1].Y - top + 1 != crop.Height))
        {
            throw json.Field("mask").Fault($"the mask is {crop.Size}, but its points ask for {points[1].X - left + 1}x{points[1].Y - top + 1}");
        }

        return Math.Abs(left) <= PolygonRasteriser.MaxCoordinate && Math.Abs(top) <= PolygonRasteriser.MaxCoordinate
            ? new MaskShape(RunLengthMask.FromMask(crop).PlaceIn(size, (int)left, (int)top))
            : throw json.Field("points").Fault("the mask is nowhere near its image");
    }

    private static void CheckCount(LocatedJson points, int count, string type)
    {
        if (points.Count != count)
        {
            throw points.Fault($"a {type} of {points.Count} points; it has {count}");
        }
    }

    private static DatasetAttributes ReadAttributes(LocatedJson json)
    {
        var entries = new List<KeyValuePair<string, AttributeValue>>();
        if (json.Optional("description")?.Text() is { Length: > 0 } description)
        {
            entries.Add(new("description", description));
        }

        foreach (var (name, value) in json.Optional("flags")?.Fields() ?? [])
        {
            entries.Add(new(name, value.Flag()));
        }

        foreach (var (name, value) in json.Optional("attributes")?.Fields() ?? [])
        {
            entries.Add(new(name, value.Attribute()));
        }

        foreach (var (name, value) in json.Fields().Where(field => !s_known.Contains(field.Name) && !IsNothing(field.Value)))
        {
            entries.Add(new(name, value.Attribute()));
        }

        return json.Attributes(entries);
    }

    private static bool IsNothing(LocatedJson value) =>
        value.Kind == JsonValueKind.Null || (value.Kind == JsonValueKind.Array && value.Count == 0) || (value.Kind == JsonValueKind.Object && !value.Fields().Any());
}
