using Maskwright.Geometry;
using Maskwright.PostProcessing;
using Maskwright.Tests.Masks;
using Xunit;

namespace Maskwright.Tests.PostProcessing;

public class PolygonSimplificationTests
{
    private static readonly PixelPoint[] _house = [new(0, 0), new(5, 0.4), new(10, 0), new(10, 10), new(5, 14), new(0, 10)];

    [Fact]
    public void A_dent_below_the_tolerance_goes_and_a_roof_above_it_stays()
    {
        var simple = Assert.Single(PolygonSimplification.DouglasPeucker([_house], 0.5));

        Assert.Equal([new(0, 0), new(10, 0), new(10, 10), new(5, 14), new(0, 10)], simple);
    }

    [Fact]
    public void By_area_the_smallest_triangle_goes_first()
    {
        Assert.Equal([_house[0], .. _house[2..]], PolygonSimplification.Visvalingam([_house], 2)[0]);
        Assert.Equal(4, PolygonSimplification.Visvalingam([_house], 20)[0].Length);
        Assert.Equal(3, PolygonSimplification.Visvalingam([_house], 1e9)[0].Length);
    }

    [Fact]
    public void No_left_out_corner_lies_farther_away_than_the_tolerance()
    {
        foreach (var rings in RandomMasks.Some(seed: 4).Select(mask => PolygonSimplification.RingsOf(PixelOutline.Of(mask))))
        {
            var simple = PolygonSimplification.DouglasPeucker(rings, 1.5, new PolygonSimplificationOptions { KeepsTopology = false });

            Assert.All(rings.Zip(simple).Where(pair => pair.Second.Length > 3), pair => Assert.All(pair.First, corner =>
                Assert.True(Edges(pair.Second).Min(edge => DouglasPeuckerWeights.ToSegment(corner, edge.A, edge.B)) <= 1.5 + 1e-9)));
        }
    }

    [Fact]
    public void With_topology_kept_no_two_edges_cross()
    {
        foreach (var rings in RandomMasks.Some(seed: 9).Where(mask => mask.Size.PixelCount < 1200).Select(mask => PolygonSimplification.RingsOf(PixelOutline.Of(mask))))
        {
            foreach (var simple in new[] { PolygonSimplification.DouglasPeucker(rings, 3), PolygonSimplification.Visvalingam(rings, 8) })
            {
                Assert.Equal(rings.Count, simple.Count);
                var edges = simple.SelectMany(Edges).ToList();
                for (var i = 0; i < edges.Count; i++)
                {
                    for (var j = 0; j < i; j++)
                    {
                        Assert.False(Cross(edges[i], edges[j]), $"{edges[i]} crosses {edges[j]}.");
                    }
                }
            }
        }
    }

    [Fact]
    public void A_hole_never_leaves_its_ring()
    {
        PixelPoint[] ring = [new(0, 0), new(20, 0), new(20, 20), new(10, 26), new(0, 20)];
        PixelPoint[] hole = [new(9, 21), new(11, 21), new(10, 24)];

        Assert.Equal(4, PolygonSimplification.Visvalingam([ring], 61)[0].Length);
        Assert.Contains(new PixelPoint(10, 26), PolygonSimplification.Visvalingam([ring, hole], 61)[0]);
        Assert.Contains(new PixelPoint(10, 26), PolygonSimplification.DouglasPeucker([ring, hole], 7)[0]);
    }

    [Fact]
    public void What_is_no_polygon_is_refused()
    {
        Assert.Throws<ArgumentException>(() => PolygonSimplification.DouglasPeucker([[new(0, 0), new(1, 1)]], 1));
        Assert.Throws<ArgumentException>(() => PolygonSimplification.Visvalingam([[new(0, 0), new(1, double.NaN), new(2, 0)]], 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => PolygonSimplification.Visvalingam([_house], -1));
    }

    private static IEnumerable<(PixelPoint A, PixelPoint B)> Edges(PixelPoint[] ring) => ring.Zip(ring.Skip(1).Append(ring[0]));

    private static bool Cross((PixelPoint A, PixelPoint B) first, (PixelPoint A, PixelPoint B) second) =>
        Side(first.A, first.B, second.A) * Side(first.A, first.B, second.B) < 0 && Side(second.A, second.B, first.A) * Side(second.A, second.B, first.B) < 0;

    private static int Side(PixelPoint a, PixelPoint b, PixelPoint c) => Math.Sign(((b.X - a.X) * (c.Y - a.Y)) - ((b.Y - a.Y) * (c.X - a.X)));
}
