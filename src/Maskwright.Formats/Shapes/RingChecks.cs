using Maskwright.Geometry;
using Maskwright.Masks;

namespace Maskwright.Formats.Shapes;

/// <summary>Refuses rings that cannot be filled.</summary>
internal static class RingChecks
{
    /// <summary>Checks a ring.</summary>
    /// <param name="ring">The corners.</param>
    /// <param name="fault">Makes the error of a reason.</param>
    /// <returns>The ring.</returns>
    public static PixelPoint[] Checked(PixelPoint[] ring, Func<string, Exception> fault)
    {
        if (ring.Length < 3)
        {
            throw fault($"a polygon of {ring.Length} points; it needs at least 3");
        }

        foreach (var corner in ring)
        {
            if (!(Math.Abs(corner.X) <= PolygonRasteriser.MaxCoordinate && Math.Abs(corner.Y) <= PolygonRasteriser.MaxCoordinate))
            {
                throw fault(FormattableString.Invariant($"({corner.X}, {corner.Y}) is no place near an image"));
            }
        }

        return ring;
    }
}
