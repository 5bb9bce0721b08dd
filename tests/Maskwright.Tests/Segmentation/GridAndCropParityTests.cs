using System.Text.Json;
using Maskwright.Geometry;
using Maskwright.Segmentation;
using Maskwright.Testing;
using Xunit;

namespace Maskwright.Tests.Segmentation;

/// <summary>Against segment-anything's point grids and crop boxes, exact.</summary>
[Trait("Kind", "parity")]
public class GridAndCropParityTests
{
    [Fact]
    public void Grids_are_those_of_the_reference()
    {
        foreach (var golden in GoldenCase.Open("sam_amg", "grids_and_crops").Outputs.GetProperty("grids").EnumerateArray())
        {
            var options = new AutomaticMaskOptions
            {
                PointsPerSide = golden.GetProperty("points_per_side").GetInt32(),
                CropLayers = golden.GetProperty("n_layers").GetInt32(),
                CropPointsDownscaleFactor = golden.GetProperty("scale_per_layer").GetInt32(),
            };

            var grids = PointGrid.Layers(options);

            Assert.Equal(Numbers(golden.GetProperty("counts")), grids.Select(grid => grid.Count));
            foreach (var (layer, grid) in grids.Index())
            {
                Assert.Equal(Points(golden.GetProperty("first")[layer]), grid.Take(golden.GetProperty("first")[layer].GetArrayLength()));
                Assert.Equal(Point(golden.GetProperty("last")[layer]), grid[^1]);
            }
        }
    }

    [Fact]
    public void Crops_are_those_of_the_reference()
    {
        foreach (var golden in GoldenCase.Open("sam_amg", "grids_and_crops").Outputs.GetProperty("crops").EnumerateArray())
        {
            var size = Numbers(golden.GetProperty("hw"));

            var crops = ImageCrop.Plan(new ImageSize(size[1], size[0]), golden.GetProperty("n_layers").GetInt32(), golden.GetProperty("overlap_ratio").GetDouble());

            Assert.Equal(Numbers(golden.GetProperty("layers")), crops.Select(crop => crop.Layer));
            Assert.Equal(
                golden.GetProperty("boxes_xyxy").EnumerateArray().Select(box => string.Join(' ', Numbers(box))),
                crops.Select(crop => $"{crop.Area.X} {crop.Area.Y} {crop.Area.Right} {crop.Area.Bottom}"));
        }
    }

    [Fact]
    public void Boxes_that_a_crop_cuts_off_are_those_of_the_reference()
    {
        var golden = GoldenCase.Open("image_ops", "box_ops");
        var boxes = golden.Output("edge_boxes").Values<float>().Chunk(4).Select(b => new PixelBox(b[0], b[1], b[2], b[3])).ToArray();
        foreach (var entry in golden.Outputs.GetProperty("near_crop_edge").EnumerateArray())
        {
            var (area, image) = (Numbers(entry.GetProperty("crop")), Numbers(entry.GetProperty("orig")));
            var crop = new ImageCrop(new PixelRect(area[0], area[1], area[2] - area[0], area[3] - area[1]), 1);

            var actual = boxes.Select(box => crop.CutsOff(box, new ImageSize(image[2], image[3])) ? 1 : 0);

            Assert.Equal(Numbers(entry.GetProperty("out")), actual);
        }
    }

    private static int[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(n => n.GetInt32())];

    private static IEnumerable<PixelPoint> Points(JsonElement array) => array.EnumerateArray().Select(Point);

    private static PixelPoint Point(JsonElement pair) => new(pair[0].GetDouble(), pair[1].GetDouble());
}
