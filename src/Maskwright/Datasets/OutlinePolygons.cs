using Maskwright.Geometry;
using Maskwright.Masks;
using Maskwright.PostProcessing;

namespace Maskwright.Datasets;

/// <summary>From a mask to polygons with holes along its pixel edges.</summary>
internal static class OutlinePolygons
{
    public static PolygonShape Of(RunLengthMask mask)
    {
        var rings = PixelOutline.Of(mask).Rings;
        PixelRing[] outer = [.. rings.Where(ring => !ring.IsHole)];
        var holes = Array.ConvertAll(outer, _ => new List<IReadOnlyList<PixelPoint>>());
        var bounds = Array.ConvertAll(outer, Bounds);
        foreach (var hole in rings.Where(ring => ring.IsHole))
        {
            holes[OwnerOf(hole, outer, bounds)].Add(Points(hole));
        }

        return new PolygonShape([.. outer.Select((ring, i) => new PolygonPart(Points(ring)) { Holes = holes[i] })]);
    }

    // The pixel below the leftmost of a hole's topmost corners belongs to the hole; the smallest ring around it is the hole's own.
    private static int OwnerOf(PixelRing hole, PixelRing[] outer, PixelRect[] bounds)
    {
        var corner = hole.Corners[0];
        foreach (var other in hole.Corners)
        {
            corner = other.Y < corner.Y || (other.Y == corner.Y && other.X < corner.X) ? other : corner;
        }

        var owner = -1;
        for (var i = 0; i < outer.Length; i++)
        {
            if (bounds[i].Contains(new PixelRect(corner.X, corner.Y, 1, 1)) && (owner < 0 || outer[i].SignedArea < outer[owner].SignedArea) && Encloses(outer[i], corner))
            {
                owner = i;
            }
        }

        return owner;
    }

    // Counts the upright edges to the right of the pixel's centre.
    private static bool Encloses(PixelRing ring, PixelCorner pixel)
    {
        var inside = false;
        var previous = ring.Corners[^1];
        foreach (var corner in ring.Corners)
        {
            inside ^= corner.X > pixel.X && Math.Min(previous.Y, corner.Y) <= pixel.Y && pixel.Y < Math.Max(previous.Y, corner.Y);
            previous = corner;
        }

        return inside;
    }

    private static PixelRect Bounds(PixelRing ring)
    {
        int left = int.MaxValue, top = int.MaxValue, right = 0, bottom = 0;
        foreach (var corner in ring.Corners)
        {
            (left, right) = (Math.Min(left, corner.X), Math.Max(right, corner.X));
            (top, bottom) = (Math.Min(top, corner.Y), Math.Max(bottom, corner.Y));
        }

        return new PixelRect(left, top, right - left, bottom - top);
    }

    private static PixelPoint[] Points(PixelRing ring) => Array.ConvertAll(ring.Corners.ToArray(), corner => new PixelPoint(corner.X, corner.Y));
}
