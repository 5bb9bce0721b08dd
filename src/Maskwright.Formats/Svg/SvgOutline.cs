using Maskwright.Datasets;
using Maskwright.Formats.Shapes;
using Maskwright.Formats.Xml;
using Maskwright.Geometry;
using Maskwright.Masks;
using Maskwright.Metrics;

namespace Maskwright.Formats.Svg;

/// <summary>Reads what a shape of an SVG drawing encloses.</summary>
internal static class SvgOutline
{
    /// <summary>Whether an element is a shape with an inside.</summary>
    public static bool IsShape(string element) => element is "path" or "polygon" or "rect" or "circle" or "ellipse";

    /// <summary>Reads a shape.</summary>
    /// <param name="xml">The element.</param>
    /// <param name="toPixels">From the element's coordinates to pixels.</param>
    /// <param name="size">The image's size.</param>
    /// <param name="isEvenOdd">The rule by which paths are filled.</param>
    /// <param name="isOurs">Whether the first ring of a path is its outer one and all others are holes.</param>
    public static ObjectShape Read(LocatedXml xml, SvgTransform toPixels, ImageSize size, bool isEvenOdd, bool isOurs)
    {
        if (xml.Name == "rect" && toPixels == SvgTransform.Identity)
        {
            return Rectangle(xml);
        }

        var rings = Rings(xml).Select(ring => RingChecks.Checked(Array.ConvertAll(ring, toPixels.Apply), reason => xml.Fault(reason))).ToList();
        if (rings.Count == 0)
        {
            throw xml.Fault($"<{xml.Name}> encloses nothing: it has no three corners");
        }

        return isOurs || rings.Count == 1 ? new PolygonShape([new PolygonPart(rings[0]) { Holes = [.. rings.Skip(1)] }]) : Nested(rings, size, isEvenOdd);
    }

    private static List<PixelPoint[]> Rings(LocatedXml xml)
    {
        switch (xml.Name)
        {
            case "path":
                try
                {
                    return SvgPathReader.Read(xml.Required("d"));
                }
                catch (FormatException e)
                {
                    throw xml.Fault(e.Message, e);
                }

            case "polygon":
                return [Points(xml)];
            case "rect":
                var box = Rectangle(xml).Box;
                return [[new(box.X, box.Y), new(box.X + box.Width, box.Y), new(box.X + box.Width, box.Y + box.Height), new(box.X, box.Y + box.Height)]];
            default:
                var (rx, ry) = xml.Name == "circle" ? (xml.Number("r"), xml.Number("r")) : (xml.Number("rx"), xml.Number("ry"));
                return [Turning.Ellipse(new PixelPoint(Or0(xml, "cx"), Or0(xml, "cy")), rx, ry, 0)];
        }
    }

    private static PixelPoint[] Points(LocatedXml xml)
    {
        double[] numbers = [.. xml.Required("points").Split([' ', ',', '\t', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).Select(word => xml.ToNumber(word, "a coordinate"))];
        return numbers.Length % 2 == 0 ? [.. numbers.Chunk(2).Select(pair => new PixelPoint(pair[0], pair[1]))] : throw xml.Fault("'points' has a coordinate without a partner");
    }

    private static BoxShape Rectangle(LocatedXml xml)
    {
        if (Or0(xml, "rx") != 0 || Or0(xml, "ry") != 0)
        {
            throw xml.Fault("rectangles with round corners are not read");
        }

        var box = new ObjectBox(Or0(xml, "x"), Or0(xml, "y"), xml.Number("width"), xml.Number("height"));
        RingChecks.Checked([new(box.X, box.Y), new(box.X + box.Width, box.Y), new(box.X, box.Y + box.Height)], reason => xml.Fault(reason));
        return box is { Width: >= 0, Height: >= 0 } ? new BoxShape(box) : throw xml.Fault("the rectangle has a negative side");
    }

    private static double Or0(LocatedXml xml, string attribute) => xml.Attribute(attribute) is null ? 0 : xml.Number(attribute);

    // A ring within an odd number of others is a hole; by the non-zero rule only if it runs against the ring around it. What cannot be said so becomes pixels.
    private static ObjectShape Nested(List<PixelPoint[]> rings, ImageSize size, bool isEvenOdd)
    {
        var around = rings.Select((ring, i) => Enumerable.Range(0, rings.Count).Where(j => j != i && Encloses(rings[j], ring[0])).ToList()).ToList();
        var parent = around.Select(outer => outer.Count % 2 == 1 ? outer.MaxBy(j => around[j].Count) : -1).ToList();
        var holes = Enumerable.Range(0, rings.Count).Where(i => parent[i] >= 0 && (isEvenOdd || Math.Sign(Area(rings[i])) != Math.Sign(Area(rings[parent[i]])))).ToHashSet();
        var shape = new PolygonShape([.. Enumerable.Range(0, rings.Count).Where(i => !holes.Contains(i)).Select(i => new PolygonPart(rings[i]) { Holes = [.. holes.Where(hole => parent[hole] == i).Order().Select(hole => rings[hole])] })]);
        if (!isEvenOdd)
        {
            return shape;
        }

        var filled = rings.Select(ring => PolygonRasteriser.Fill(size, PolygonPart.ToNumbers(ring))).Aggregate((a, b) => a.Union(b).Except(a.Intersect(b)));
        return filled.Equals(shape.ToMask(size)) ? shape : new MaskShape(filled);
    }

    private static bool Encloses(PixelPoint[] ring, PixelPoint point)
    {
        var isInside = false;
        var previous = ring[^1];
        foreach (var corner in ring)
        {
            if (corner.Y > point.Y != previous.Y > point.Y && point.X < ((previous.X - corner.X) * (point.Y - corner.Y) / (previous.Y - corner.Y)) + corner.X)
            {
                isInside = !isInside;
            }

            previous = corner;
        }

        return isInside;
    }

    private static double Area(PixelPoint[] ring)
    {
        var area = 0.0;
        var previous = ring[^1];
        foreach (var corner in ring)
        {
            area += (previous.X * corner.Y) - (corner.X * previous.Y);
            previous = corner;
        }

        return area;
    }
}
