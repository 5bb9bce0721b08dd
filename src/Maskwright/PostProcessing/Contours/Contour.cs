using Maskwright.Geometry;

namespace Maskwright.PostProcessing;

/// <summary>A closed line through the border pixels of a region, or through the pixels around a hole.</summary>
public sealed class Contour
{
    private readonly PixelPosition[] _points;

    internal Contour(PixelPosition[] points, bool isHole) => (_points, IsHole) = (points, isHole);

    /// <summary>The pixels in order, all of them set in the mask; the last is joined to the first. Outer contours run counterclockwise as seen.</summary>
    public ReadOnlySpan<PixelPosition> Points => _points;

    /// <summary>Whether the contour surrounds a hole.</summary>
    public bool IsHole { get; }

    /// <summary>The position in the list of the contour that encloses this one; null at the top.</summary>
    public int? Parent { get; internal set; }

    /// <summary>The position of the first contour directly inside; null when there is none.</summary>
    public int? FirstChild { get; internal set; }

    /// <summary>The position of the next contour with the same parent; null after the last.</summary>
    public int? Next { get; internal set; }

    /// <summary>The position of the previous contour with the same parent; null before the first.</summary>
    public int? Previous { get; internal set; }

    /// <summary>The area of the polygon through the pixels' centres, in pixels.</summary>
    public double Area => Math.Abs(Sum((a, b) => ((double)a.X * b.Y) - ((double)b.X * a.Y))) / 2;

    /// <summary>The length of the closed line through the pixels' centres, in pixels.</summary>
    public double Perimeter => Sum((a, b) => Math.Sqrt((((double)a.X - b.X) * ((double)a.X - b.X)) + (((double)a.Y - b.Y) * ((double)a.Y - b.Y))));

    /// <summary>The smallest rectangle that holds all pixels of the line.</summary>
    public PixelRect Bounds
    {
        get
        {
            var (left, right) = (_points.Min(p => p.X), _points.Max(p => p.X));
            var (top, bottom) = (_points.Min(p => p.Y), _points.Max(p => p.Y));
            return new PixelRect(left, top, right - left + 1, bottom - top + 1);
        }
    }

    private double Sum(Func<PixelPosition, PixelPosition, double> term)
    {
        var sum = 0.0;
        var previous = _points[^1];
        foreach (var point in _points)
        {
            sum += term(previous, point);
            previous = point;
        }

        return sum;
    }
}
