using Maskwright.Geometry;

namespace Maskwright.PostProcessing;

/// <summary>Corners in square cells, to find those near a triangle.</summary>
internal sealed class CornerGrid
{
    private readonly PixelPoint[] _points;
    private readonly Dictionary<(int X, int Y), List<int>> _cells = [];
    private readonly double _cell;

    public CornerGrid(PixelPoint[] points)
    {
        _points = points;
        var (width, height) = (points.Max(p => p.X) - points.Min(p => p.X), points.Max(p => p.Y) - points.Min(p => p.Y));
        _cell = Math.Max(1e-9, 2 * Math.Max(width, height) / Math.Sqrt(points.Length));
        for (var i = 0; i < points.Length; i++)
        {
            (System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_cells, Cell(points[i]), out _) ??= []).Add(i);
        }
    }

    public void Remove(int corner) => _cells[Cell(_points[corner])].Remove(corner);

    /// <summary>All corners in the cells that the triangle's box touches.</summary>
    public IEnumerable<int> Near(PixelPoint a, PixelPoint b, PixelPoint c)
    {
        var (left, top) = Cell(new PixelPoint(Math.Min(a.X, Math.Min(b.X, c.X)), Math.Min(a.Y, Math.Min(b.Y, c.Y))));
        var (right, bottom) = Cell(new PixelPoint(Math.Max(a.X, Math.Max(b.X, c.X)), Math.Max(a.Y, Math.Max(b.Y, c.Y))));
        for (var y = top; y <= bottom; y++)
        {
            for (var x = left; x <= right; x++)
            {
                foreach (var corner in _cells.GetValueOrDefault((x, y)) ?? [])
                {
                    yield return corner;
                }
            }
        }
    }

    private (int X, int Y) Cell(PixelPoint point) => ((int)Math.Floor(point.X / _cell), (int)Math.Floor(point.Y / _cell));
}
