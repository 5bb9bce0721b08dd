using Maskwright.Geometry;
using Maskwright.Masks;
using Maskwright.PostProcessing;
using Maskwright.Testing;
using Maskwright.Tests.Masks;
using Xunit;

namespace Maskwright.Tests.PostProcessing;

public class ConnectedComponentsTests
{
    [Fact]
    public void A_corner_joins_only_with_eight_neighbours()
    {
        var mask = AsciiMask.Parse("""
            ##..
            ..#.
            #..#
            """);

        Assert.Equal(4, ConnectedComponents.Of(mask, Connectivity.Four).Components.Count);
        Assert.Equal(2, ConnectedComponents.Of(mask, Connectivity.Eight).Components.Count);
    }

    [Fact]
    public void Arms_that_meet_below_are_one_component()
    {
        var mask = AsciiMask.Parse("""
            #.#.#
            #.###
            ###..
            """);

        var component = Assert.Single(ConnectedComponents.Of(mask, Connectivity.Four).Components);

        Assert.Equal(new PixelRect(0, 0, 5, 3), component.Bounds);
        Assert.Equal(10, component.Area);
    }

    [Fact]
    public void Labels_agree_with_a_flood_fill()
    {
        foreach (var mask in RandomMasks.Some(seed: 7))
        {
            foreach (var connectivity in Enum.GetValues<Connectivity>())
            {
                var labels = ConnectedComponents.Of(mask, connectivity).ToLabelMap();

                Assert.Equal(Flood(mask, connectivity), labels.Labels.ToArray());
            }
        }
    }

    [Fact]
    [Trait("Kind", "parity")]
    public void Labels_and_measures_are_those_of_OpenCV()
    {
        foreach (var golden in ImageOperations.MaskCases.Select(name => GoldenCase.Open("image_ops", name)))
        {
            foreach (var (name, connectivity) in new[] { ("cc4", Connectivity.Four), ("cc8", Connectivity.Eight) })
            {
                var found = ConnectedComponents.Of(ImageOperations.Mask(golden), connectivity);

                golden.Output(name + "_labels").AssertEqual<int>(found.ToLabelMap().Labels);
                var stats = golden.Outputs.GetProperty(name + "_stats");
                Assert.Equal(stats.GetProperty("count").GetInt32(), found.Components.Count);
                Assert.Equal(
                    stats.GetProperty("x_y_w_h_area").EnumerateArray().Select(row => string.Join(' ', row.EnumerateArray().Select(v => v.GetInt64()))),
                    found.Components.Select(c => $"{c.Bounds.X} {c.Bounds.Y} {c.Bounds.Width} {c.Bounds.Height} {c.Area}"));
                Assert.All(found.Components.Zip(stats.GetProperty("centroids").EnumerateArray()), pair =>
                {
                    Assert.Equal(pair.Second[0].GetDouble(), pair.First.Centroid.X, 1e-9);
                    Assert.Equal(pair.Second[1].GetDouble(), pair.First.Centroid.Y, 1e-9);
                });
            }
        }
    }

    private static int[] Flood(BinaryMask mask, Connectivity connectivity)
    {
        var labels = new int[mask.Width * mask.Height];
        var count = 0;
        for (var i = 0; i < labels.Length; i++)
        {
            if (labels[i] != 0 || !mask[i % mask.Width, i / mask.Width])
            {
                continue;
            }

            labels[i] = ++count;
            var open = new Stack<int>([i]);
            while (open.TryPop(out var at))
            {
                foreach (var next in Neighbours(at, mask, connectivity).Where(n => labels[n] == 0))
                {
                    labels[next] = count;
                    open.Push(next);
                }
            }
        }

        return labels;
    }

    private static IEnumerable<int> Neighbours(int at, BinaryMask mask, Connectivity connectivity) =>
        from dy in new[] { -1, 0, 1 }
        from dx in new[] { -1, 0, 1 }
        let x = (at % mask.Width) + dx
        let y = (at / mask.Width) + dy
        where (dx == 0 || dy == 0 || connectivity == Connectivity.Eight) && x >= 0 && y >= 0 && x < mask.Width && y < mask.Height && mask[x, y]
        select (y * mask.Width) + x;
}
