using Maskwright.Datasets;
using Maskwright.Geometry;

namespace Maskwright.Formats.Shapes;

/// <summary>Makes one closed line of several rings by ties from corner to nearest corner, there and back.</summary>
internal static class OutlineJoining
{
    /// <summary>Joins all rings of a shape; filled by the even-odd rule the line gives the same pixels where parts do not overlap.</summary>
    public static IReadOnlyList<PixelPoint> Join(PolygonShape shape)
    {
        var waiting = shape.Parts.SelectMany(part => part.Rings).Where(ring => ring.Count >= 3).Select(ring => ring.ToList()).ToList();
        if (waiting.Count == 0)
        {
            return [];
        }

        var line = waiting[0];
        waiting.RemoveAt(0);
        while (waiting.Count > 0)
        {
            var (ring, from, to) = Nearest(line, waiting);
            Tie(line, from, waiting[ring], to);
            waiting.RemoveAt(ring);
        }

        return line;
    }

    private static void Tie(List<PixelPoint> line, int from, List<PixelPoint> ring, int to)
    {
        var detour = ring.Skip(to).Concat(ring.Take(to)).Append(ring[to]).Append(line[from]);
        line.InsertRange(from + 1, detour.ToList());
    }

    private static (int Ring, int From, int To) Nearest(List<PixelPoint> line, List<List<PixelPoint>> rings)
    {
        var best = (Ring: 0, From: 0, To: 0);
        var least = double.PositiveInfinity;
        for (var r = 0; r < rings.Count; r++)
        {
            for (var i = 0; i < rings[r].Count; i++)
            {
                for (var j = 0; j < line.Count; j++)
                {
                    var (dx, dy) = (rings[r][i].X - line[j].X, rings[r][i].Y - line[j].Y);
                    if ((dx * dx) + (dy * dy) < least)
                    {
                        (least, best) = ((dx * dx) + (dy * dy), (r, j, i));
                    }
                }
            }
        }

        return best;
    }
}
