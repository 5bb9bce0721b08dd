using System.Text.Json;
using Maskwright.Formats.Images;
using Maskwright.Geometry;
using Maskwright.Masks;
using Maskwright.Networks.Sam;
using Maskwright.Segmentation;
using Maskwright.Testing;
using Xunit;

namespace Maskwright.Networks.Tests.Sam;

/// <summary>Against SamAutomaticMaskGenerator with a small trained SAM: the same records in the same order, masks equal but for pixels that rounding decides.</summary>
[Trait("Kind", "parity")]
public class AutomaticGenerationParityTests
{
    private const double LeastIou = 0.995;

    [Theory]
    [InlineData("grid8_crop0")]
    [InlineData("grid8_crop1")]
    [InlineData("grid8_minarea")]
    [InlineData("grid8_none_survive")]
    [InlineData("grid8_offset03_batch10")]
    [InlineData("grid8_fulljpg")]
    [InlineData("grid16_crop0")]
    [InlineData("grid16_crop1_minarea")]
    public void Records_are_those_of_the_reference_in_its_order(string name)
    {
        var golden = GoldenCase.Open("sam_amg", name);
        using var segmenter = SamSegmenter.Load(Goldens.Open("sam_amg", "tiny_trained.safetensors"));
        var image = ImageReader.Read(Path.GetFullPath(Path.Combine(Goldens.Open("sam_amg"), golden.Inputs.GetProperty("image").GetProperty("file").GetString()!))); // Every case names its image.

        var result = new AutomaticMaskGenerator(segmenter, Options(golden.Inputs.GetProperty("settings"))).Generate(image);

        JsonElement[] expected = [.. golden.Outputs.GetProperty("masks").EnumerateArray()];
        Assert.Equal(expected.Select(Record), result.Proposals.Select(Record));
        var masks = expected.Select(Mask).ToArray();
        TestContext.Current.SendDiagnosticMessage($"{name}: {masks.Zip(result.Proposals).Count(pair => pair.First.Equals(pair.Second.Mask))} of {masks.Length} masks equal in every pixel");
        Assert.All(expected.Zip(masks, result.Proposals), triple =>
        {
            Assert.InRange(triple.Third.Mask.Iou(triple.Second), LeastIou, 1);
            Assert.Equal(triple.First.GetProperty("predicted_iou").GetDouble(), triple.Third.PredictedIou, 1e-4);
            Assert.Equal(triple.First.GetProperty("stability_score").GetDouble(), triple.Third.StabilityScore!.Value, 2e-3); // Automatic generation measures it.
        });
    }

    private static string Record(JsonElement golden) => FormattableString.Invariant(
        $"box {Numbers(golden, "bbox")} point {Numbers(golden, "point")} crop {Numbers(golden, "crop_box")}");

    private static string Record(MaskProposal proposal)
    {
        var (box, point, crop) = (proposal.Bounds, proposal.PromptPoint!.Value, proposal.CropBox!.Value); // Automatic generation gives both.
        return FormattableString.Invariant($"box {box.X} {box.Y} {box.Width - 1} {box.Height - 1} point {point.X} {point.Y} crop {crop.X} {crop.Y} {crop.Width} {crop.Height}");
    }

    private static string Numbers(JsonElement golden, string name) => string.Join(' ', golden.GetProperty(name).EnumerateArray().Select(n => FormattableString.Invariant($"{n.GetDouble()}")));

    private static RunLengthMask Mask(JsonElement golden)
    {
        var size = golden.GetProperty("size");
        return RunLengthMask.FromCocoString(new ImageSize(size[1].GetInt32(), size[0].GetInt32()), golden.GetProperty("counts").GetString());
    }

    private static AutomaticMaskOptions Options(JsonElement settings)
    {
        var options = new AutomaticMaskOptions();
        foreach (var setting in settings.EnumerateObject())
        {
            var (number, count) = (setting.Value.GetDouble(), (int)setting.Value.GetDouble());
            options = setting.Name switch
            {
                "mask_threshold" => options with { MaskThresholdLogit = number },
                "points_per_side" => options with { PointsPerSide = count },
                "points_per_batch" => options with { PointsPerBatch = count },
                "pred_iou_thresh" => options with { PredIouThreshold = number },
                "stability_score_thresh" => options with { StabilityScoreThreshold = number },
                "stability_score_offset" => options with { StabilityScoreOffset = number },
                "box_nms_thresh" => options with { BoxNmsThreshold = number },
                "crop_n_layers" => options with { CropLayers = count },
                "crop_nms_thresh" => options with { CropNmsThreshold = number },
                "crop_n_points_downscale_factor" => options with { CropPointsDownscaleFactor = count },
                "min_mask_region_area" => options with { MinMaskRegionArea = count },
                _ => throw new NotSupportedException($"The golden case sets {setting.Name}, which this test does not know."),
            };
        }

        return options;
    }
}
