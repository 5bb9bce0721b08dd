using System.Text.Json;
using Maskwright.Geometry;
using Maskwright.Masks;
using Maskwright.Testing;
using Xunit;

namespace Maskwright.Tests.Masks;

public sealed class PolygonRasteriserTests
{
    [Fact]
    [Trait("Kind", "parity")]
    public void Polygons_become_the_run_lengths_of_pycocotools()
    {
        var outputs = GoldenCase.Open("coco_mask", "polygons").Outputs;

        foreach (var entry in outputs.GetProperty("polygons").EnumerateArray())
        {
            var mask = PolygonRasteriser.Fill(new ImageSize(entry.GetProperty("w").GetInt32(), entry.GetProperty("h").GetInt32()), Numbers(entry.GetProperty("polygon")));

            Assert.Equal(entry.GetProperty("counts").GetString(), mask.ToCocoString());
            Assert.Equal(entry.GetProperty("area").GetInt64(), mask.Area);
        }
    }

    [Fact]
    [Trait("Kind", "parity")]
    public void Several_parts_become_their_union()
    {
        var outputs = GoldenCase.Open("coco_mask", "polygons").Outputs;
        var all = outputs.GetProperty("polygons");

        var mask = PolygonRasteriser.FillAll(new ImageSize(60, 60), [Numbers(all[0].GetProperty("polygon")), Numbers(all[4].GetProperty("polygon")), Numbers(all[8].GetProperty("polygon"))]);

        Assert.Equal(outputs.GetProperty("multi_part_union_60x60").GetProperty("counts").GetString(), mask.ToCocoString());
    }

    [Fact]
    [Trait("Kind", "parity")]
    public void Boxes_become_the_run_lengths_of_pycocotools()
    {
        foreach (var entry in GoldenCase.Open("coco_mask", "polygons").Outputs.GetProperty("bbox_to_rle_20x30").EnumerateArray())
        {
            var box = Numbers(entry.GetProperty("bbox"));

            var mask = PolygonRasteriser.FillBox(new ImageSize(30, 20), new PixelBox(box[0], box[1], box[0] + box[2], box[1] + box[3]));

            Assert.Equal(entry.GetProperty("counts").GetString(), mask.ToCocoString());
        }
    }

    [Theory]
    [InlineData(new double[] { 1, 1, 2, 2 }, "3 points")]
    [InlineData(new double[] { 1, 1, 2, 2, 3, 3, 4 }, "pairs")]
    [InlineData(new double[] { 1, 1, 2, double.NaN, 3, 3 }, "NaN")]
    [InlineData(new double[] { 1, 1, 2, 1e300, 3, 3 }, "1E+300")]
    public void What_is_no_polygon_is_refused(double[] xy, string says)
    {
        var fault = Assert.Throws<ArgumentException>(() => PolygonRasteriser.Fill(new ImageSize(8, 8), xy));

        Assert.Contains(says, fault.Message, StringComparison.Ordinal);
    }

    private static double[] Numbers(JsonElement list) => [.. list.EnumerateArray().Select(n => n.GetDouble())];
}
