using Maskwright.Geometry;

namespace Maskwright.Masks;

/// <summary>Turns polygons into masks pixel for pixel as COCO's tools do.</summary>
/// <remarks>
/// pycocotools <c>rleFrPoly</c>: vertices are rounded to a grid five times as fine as the pixels, edges are walked on that grid, and a pixel column
/// changes sides where an edge crosses its centre line. A self-crossing polygon is filled by the even-odd rule of these crossings.
/// </remarks>
public static class PolygonRasteriser
{
    /// <summary>The largest coordinate that is taken, in pixels, either sign; it bounds the work that one edge can ask for.</summary>
    public const double MaxCoordinate = 1e6;

    private const int Scale = 5;

    /// <summary>Fills one polygon.</summary>
    /// <param name="size">Width and height of the mask, each at least 1.</param>
    /// <param name="xy">x0, y0, x1, y1, ... in pixels; at least three vertices; the last is joined to the first. Parts outside the image are cut off.</param>
    /// <exception cref="ArgumentException">There are fewer than three vertices, a coordinate without partner, or one that is not finite or beyond <see cref="MaxCoordinate"/>.</exception>
    public static RunLengthMask Fill(ImageSize size, ReadOnlySpan<double> xy)
    {
        Check(xy);
        var crossings = new CrossingList(size);
        var last = (X: OnGrid(xy[^2]), Y: OnGrid(xy[^1]));
        for (var i = 0; i < xy.Length; i += 2)
        {
            var next = (X: OnGrid(xy[i]), Y: OnGrid(xy[i + 1]));
            crossings.Walk(last.X, last.Y, next.X, next.Y);
            last = next;
        }

        return RunLengthMask.FromCounts(size, crossings.ToCounts());
    }

    /// <summary>Fills several polygons into one mask: their union.</summary>
    /// <param name="size">Width and height of the mask, each at least 1.</param>
    /// <param name="polygons">Each as in <see cref="Fill"/>; none gives an empty mask.</param>
    /// <exception cref="ArgumentException">One of them cannot be filled.</exception>
    public static RunLengthMask FillAll(ImageSize size, IReadOnlyList<double[]> polygons)
    {
        ArgumentNullException.ThrowIfNull(polygons);
        return polygons.Count == 0 ? RunLengthMask.Empty(size) : RunLengthMask.Union(polygons.Select(polygon => Fill(size, polygon)));
    }

    /// <summary>Fills an upright box with edges between pixels.</summary>
    /// <param name="size">Width and height of the mask, each at least 1.</param>
    /// <param name="box">The box, in pixels.</param>
    /// <exception cref="ArgumentException">A coordinate is not finite or beyond <see cref="MaxCoordinate"/>.</exception>
    /// <remarks>pycocotools <c>rleFrBbox</c>.</remarks>
    public static RunLengthMask FillBox(ImageSize size, PixelBox box) =>
        Fill(size, [box.X0, box.Y0, box.X0, box.Y1, box.X1, box.Y1, box.X1, box.Y0]);

    private static int OnGrid(double coordinate) => (int)((Scale * coordinate) + .5); // Truncates towards zero, as C does.

    private static void Check(ReadOnlySpan<double> xy)
    {
        if (xy.Length % 2 != 0)
        {
            throw new ArgumentException($"A polygon needs pairs of coordinates, but {xy.Length} numbers are given.", nameof(xy));
        }

        if (xy.Length < 6)
        {
            throw new ArgumentException($"A polygon needs at least 3 points, but {xy.Length / 2} are given.", nameof(xy));
        }

        foreach (var value in xy)
        {
            if (!(Math.Abs(value) <= MaxCoordinate))
            {
                throw new ArgumentException($"{value} is not a coordinate: it must be a number of at most {MaxCoordinate:0} pixels.", nameof(xy));
            }
        }
    }

    /// <summary>Where the outline crosses the centre lines of pixel columns, as positions in column-major order.</summary>
    private sealed class CrossingList(ImageSize size)
    {
        private readonly List<long> _positions = [];

        public void Walk(int x0, int y0, int x1, int y1)
        {
            int dx = Math.Abs(x1 - x0), dy = Math.Abs(y1 - y0);
            if (dx == 0)
            {
                return;
            }

            var (steps, isFlat) = (Math.Max(dx, dy), dx >= dy);
            var isFlipped = isFlat ? x0 > x1 : y0 > y1;
            var (ax, ay, bx, by) = isFlipped ? (x1, y1, x0, y0) : (x0, y0, x1, y1);
            var slope = isFlat ? (double)(by - ay) / dx : (double)(bx - ax) / dy;
            var (u, v) = (0, 0);
            for (var d = 0; d <= steps; d++)
            {
                var t = isFlipped ? steps - d : d;
                var (nextU, nextV) = isFlat ? (t + ax, (int)(ay + (slope * t) + .5)) : ((int)(ax + (slope * t) + .5), t + ay);
                if (d > 0 && nextU != u)
                {
                    Cross(nextU < u ? nextU : nextU - 1, Math.Min(nextV, v));
                }

                (u, v) = (nextU, nextV);
            }
        }

        public uint[] ToCounts()
        {
            _positions.Sort();
            _positions.Add(size.PixelCount);
            var counts = new List<uint> { (uint)_positions[0] };
            for (var j = 1; j < _positions.Count; j++)
            {
                var count = _positions[j] - _positions[j - 1];
                if (count > 0)
                {
                    counts.Add((uint)count);
                }
                else if (++j < _positions.Count)
                {
                    counts[^1] += (uint)(_positions[j] - _positions[j - 1]);
                }
            }

            return [.. counts];
        }

        private void Cross(int gridX, int gridY)
        {
            var x = ((gridX + .5) / Scale) - .5;
            if (Math.Floor(x) != x || x < 0 || x > size.Width - 1)
            {
                return;
            }

            var y = Math.Ceiling(Math.Clamp(((gridY + .5) / Scale) - .5, 0, size.Height));
            _positions.Add(((long)x * size.Height) + (long)y);
        }
    }
}
