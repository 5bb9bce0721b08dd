using System.Globalization;
using Maskwright.Datasets;
using Maskwright.Formats.Runs;
using Maskwright.Formats.Shapes;
using Maskwright.Formats.Xml;
using Maskwright.Geometry;
using Maskwright.Masks;
using Maskwright.Metrics;

namespace Maskwright.Formats.Cvat;

/// <summary>Reads the shapes of CVAT's XML.</summary>
internal static class CvatShape
{
    /// <summary>Elements that have no area.</summary>
    public static bool IsPassedOver(string element) => element is "polyline" or "points" or "tag" or "cuboid" or "skeleton";

    /// <summary>Reads the shape of an element.</summary>
    public static ObjectShape Read(LocatedXml xml, ImageSize size) => xml.Name switch
    {
        "polygon" => new PolygonShape([new PolygonPart(Points(xml))]),
        "box" => Box(xml),
        "mask" => Mask(xml, size),
        "ellipse" => Ellipse(xml),
        _ => throw xml.Fault($"<{xml.Name}> is no shape of CVAT's"),
    };

    private static PixelPoint[] Points(LocatedXml xml)
    {
        var pairs = xml.Required("points").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var points = new PixelPoint[pairs.Length];
        for (var i = 0; i < pairs.Length; i++)
        {
            var comma = pairs[i].IndexOf(',', StringComparison.Ordinal);
            points[i] = comma > 0
                ? new PixelPoint(xml.ToNumber(pairs[i].AsSpan(0, comma), "a coordinate"), xml.ToNumber(pairs[i].AsSpan(comma + 1), "a coordinate"))
                : throw xml.Fault($"point {i} of 'points' is not a pair of coordinates");
        }

        return RingChecks.Checked(points, reason => xml.Fault(reason));
    }

    private static ObjectShape Box(LocatedXml xml)
    {
        var (left, top, right, bottom) = (xml.Number("xtl"), xml.Number("ytl"), xml.Number("xbr"), xml.Number("ybr"));
        var corners = RingChecks.Checked([new(left, top), new(right, top), new(right, bottom), new(left, bottom)], reason => xml.Fault(reason));
        if (right < left || bottom < top)
        {
            throw xml.Fault("the box ends before it begins");
        }

        var degrees = xml.Attribute("rotation") is null ? 0 : xml.Number("rotation");
        return degrees == 0
            ? new BoxShape(new ObjectBox(left, top, right - left, bottom - top))
            : new PolygonShape([new PolygonPart(Turning.Turned(corners, new PixelPoint((left + right) / 2, (top + bottom) / 2), degrees))]);
    }

    private static PolygonShape Ellipse(LocatedXml xml)
    {
        var centre = new PixelPoint(xml.Number("cx"), xml.Number("cy"));
        var ring = Turning.Ellipse(centre, xml.Number("rx"), xml.Number("ry"), xml.Attribute("rotation") is null ? 0 : xml.Number("rotation"));
        return new PolygonShape([new PolygonPart(RingChecks.Checked(ring, reason => xml.Fault(reason)))]);
    }

    private static MaskShape Mask(LocatedXml xml, ImageSize size)
    {
        var crop = new ImageSize(xml.Integer("width", 1, int.MaxValue), xml.Integer("height", 1, int.MaxValue));
        var (left, top) = (xml.Integer("left", -(int)PolygonRasteriser.MaxCoordinate, (int)PolygonRasteriser.MaxCoordinate), xml.Integer("top", -(int)PolygonRasteriser.MaxCoordinate, (int)PolygonRasteriser.MaxCoordinate));
        if (crop.PixelCount > int.MaxValue || crop.Width > 2L * size.LongestSide || crop.Height > 2L * size.LongestSide)
        {
            throw xml.Fault($"a mask of {crop} does not belong to an image of {size}");
        }

        try
        {
            var counts = xml.Required("rle").Split(',').Select(count => long.Parse(count, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture)).ToList();
            return new MaskShape(RunLengthMask.FromMask(RowMajorRuns.ToMask(crop, counts)).PlaceIn(size, left, top));
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            throw xml.Fault($"'rle': {e.Message.TrimEnd('.')}", e);
        }
    }
}
