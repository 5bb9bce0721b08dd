using Maskwright.Geometry;
using Maskwright.Masks;
using Maskwright.PostProcessing;
using Maskwright.Tests.Masks;
using Xunit;

namespace Maskwright.Tests.PostProcessing;

public class WatershedTests
{
    private static readonly ImageSize _size = new(14, 9);

    private static readonly float[] _elevation = [22, 14, 6, 11, 27, 9, 33, 9, 7, 33, 17, 0, 34, 10, 8, 14, 13, 5, 15, 28, 40, 30, 10, 12, 29, 2, 32, 31, 35, 35, 4, 0, 11, 39, 21, 40, 16, 30, 1, 0, 17, 27, 0, 38, 28, 19, 34, 31, 20, 26, 21, 20, 3, 25, 24, 22, 28, 14, 15, 37, 5, 22, 41, 1, 33, 36, 16, 29, 3, 41, 25, 12, 18, 18, 8, 37, 13, 27, 2, 17, 37, 36, 35, 20, 36, 23, 25, 39, 21, 38, 4, 34, 7, 6, 1, 26, 10, 24, 41, 24, 32, 15, 26, 38, 13, 30, 9, 2, 3, 16, 23, 11, 8, 32, 19, 2, 5, 4, 19, 12, 23, 18, 1, 39, 6, 40];

    [Fact]
    [Trait("Kind", "parity")]
    public void Labels_are_those_of_scikit_image()
    {
        var mask = RandomMasks.Fill(14, 9, (x, y) => x != 7 || y == 4);

        Assert.Equal([1, 1, 1, 1, 1, 1, 3, 3, 3, 3, 3, 3, 3, 3, 1, 1, 1, 1, 1, 1, 3, 3, 3, 3, 3, 3, 3, 3, 1, 1, 1, 1, 1, 1, 3, 3, 3, 3, 3, 3, 3, 3, 2, 2, 1, 1, 1, 3, 3, 3, 3, 3, 3, 3, 3, 3, 2, 2, 2, 1, 2, 2, 2, 3, 2, 3, 3, 3, 3, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2], Flood(new WatershedOptions()));
        Assert.Equal([1, 1, 1, 1, 1, 1, 3, 3, 3, 3, 3, 3, 3, 3, 1, 1, 1, 1, 1, 1, 3, 3, 3, 3, 3, 3, 3, 3, 1, 1, 1, 1, 1, 1, 2, 3, 3, 3, 3, 3, 3, 3, 1, 1, 1, 1, 1, 1, 2, 2, 2, 3, 3, 3, 3, 3, 1, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 2, 2, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2], Flood(new WatershedOptions { Connectivity = Connectivity.Eight }));
        Assert.Equal([1, 1, 1, 1, 1, 1, 1, 0, 3, 3, 3, 3, 3, 3, 1, 1, 1, 1, 1, 1, 1, 0, 3, 3, 3, 3, 3, 3, 1, 1, 1, 1, 1, 1, 1, 0, 3, 3, 3, 3, 3, 3, 1, 1, 1, 1, 1, 1, 1, 0, 3, 3, 3, 3, 3, 3, 1, 1, 1, 1, 1, 1, 1, 2, 2, 3, 3, 3, 3, 3, 1, 1, 1, 1, 1, 1, 1, 0, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 0, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 0, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 0, 2, 2, 2, 2, 2, 2], Flood(new WatershedOptions { Mask = mask }));
    }

    [Theory]
    [InlineData(1, 3)]
    [InlineData(2, 40)]
    [InlineData(3, 1 << 20)]
    public void Level_queues_flood_as_one_queue_by_height_and_age(int seed, int levels)
    {
        var (random, size) = (new Random(seed), new ImageSize(90, 77));
        float[] elevation = [.. Enumerable.Range(0, 90 * 77).Select(_ => random.Next(levels) is var level and > 0 ? level - (levels / 2f) : -0f)];
        var markers = new LabelMap(size, [.. Enumerable.Range(0, 90 * 77).Select(_ => random.Next(60) == 0 ? random.Next(-3, 9) : 0)]);
        foreach (var connectivity in new[] { Connectivity.Four, Connectivity.Eight })
        {
            var options = new WatershedOptions { Connectivity = connectivity, Mask = seed == 2 ? null : RandomMasks.Fill(90, 77, (_, _) => random.Next(5) > 0) };

            var fast = Watershed.Flood(elevation, markers, options);

            Assert.Equal(Watershed.FloodScalar(elevation, markers, options).Labels.ToArray(), fast.Labels.ToArray());
        }
    }

    [Fact]
    public void Two_discs_that_touch_are_parted_at_their_neck()
    {
        var mask = RandomMasks.Fill(40, 20, (x, y) => Square(x - 10) + Square(y - 10) < 80 || Square(x - 27) + Square(y - 10) < 80);

        var parts = Watershed.Part(mask, minNeckDepthPixels: 2);

        Assert.Equal(1, parts.Row(10)[10]);
        Assert.Equal(2, parts.Row(10)[27]);
        Assert.Equal(2, parts.Labels.ToArray().Max());
        Assert.Equal(mask, RandomMasks.Fill(40, 20, (x, y) => parts.Row(y)[x] != 0));
    }

    [Fact]
    public void A_region_without_a_neck_stays_whole_whatever_its_form()
    {
        foreach (var mask in RandomMasks.Some(seed: 40))
        {
            var parts = Watershed.Part(mask, minNeckDepthPixels: 1e6);

            Assert.Equal(ConnectedComponents.Of(mask).Components.Count, parts.Labels.ToArray().Max());
            Assert.Equal(mask, RandomMasks.Fill(mask.Width, mask.Height, (x, y) => parts.Row(y)[x] != 0));
        }
    }

    [Fact]
    public void Bad_landscapes_are_refused()
    {
        var markers = new LabelMap(new ImageSize(2, 1), [1, 0]);

        Assert.Throws<ArgumentException>(() => Watershed.Flood([0], markers));
        Assert.Throws<ArgumentException>(() => Watershed.Flood([0, float.NaN], markers));
        Assert.Throws<ArgumentException>(() => Watershed.Flood([0, 0], markers, new WatershedOptions { Mask = new BinaryMask(3, 1) }));
    }

    private static int[] Flood(WatershedOptions options)
    {
        var markers = new LabelMap(_size, new int[_size.PixelCount]);
        (markers.Row(2)[3], markers.Row(6)[10], markers.Row(1)[11]) = (1, 2, 3);
        return Watershed.Flood(_elevation, markers, options).Labels.ToArray();
    }

    private static int Square(int number) => number * number;
}
