using Maskwright.Geometry;

namespace Maskwright.Formats.Shapes;

/// <summary>Polygons of shapes that annotation tools turn around.</summary>
internal static class Turning
{
    private const int EllipseCorners = 128; // an ellipse of 1000 pixels across is nowhere left by more than a sixth of a pixel

    /// <summary>Corners turned clockwise as seen.</summary>
    public static PixelPoint[] Turned(PixelPoint[] corners, PixelPoint centre, double degrees)
    {
        var (sin, cos) = Math.SinCos(degrees * Math.PI / 180);
        return Array.ConvertAll(corners, corner =>
        {
            var (x, y) = (corner.X - centre.X, corner.Y - centre.Y);
            return new PixelPoint(centre.X + (x * cos) - (y * sin), centre.Y + (x * sin) + (y * cos));
        });
    }

    /// <summary>A polygon for an ellipse.</summary>
    public static PixelPoint[] Ellipse(PixelPoint centre, double radiusX, double radiusY, double degrees)
    {
        var corners = new PixelPoint[EllipseCorners];
        for (var i = 0; i < corners.Length; i++)
        {
            var (sin, cos) = Math.SinCos(2 * Math.PI * i / EllipseCorners);
            corners[i] = new PixelPoint(centre.X + (radiusX * cos), centre.Y + (radiusY * sin));
        }

        return Turned(corners, centre, degrees);
    }
}
