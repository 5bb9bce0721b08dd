using System.Text.Json;
using Maskwright.Formats.Coco;
using Maskwright.Metrics;
using Maskwright.Testing;
using Xunit;

namespace Maskwright.Tests.Metrics;

[Trait("Kind", "parity")]
public sealed class AveragePrecisionGoldenTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("segm", OverlapGeometry.Masks)]
    [InlineData("bbox", OverlapGeometry.Boxes)]
    public void Synthetic_scenes_give_the_twelve_numbers_and_the_curves(string kind, OverlapGeometry geometry)
    {
        var golden = GoldenCase.Open("coco_eval", "ap");
        var truth = CocoReader.ReadInstances(Goldens.Open("coco_eval", "gt.json"));
        var detections = CocoReader.ReadResults(Goldens.Open("coco_eval", $"dt_{kind}.json"), truth);

        var result = AveragePrecision.Evaluate(truth, detections, new AveragePrecisionOptions { Geometry = geometry });
        var agnostic = AveragePrecision.Evaluate(truth, detections, new AveragePrecisionOptions { Geometry = geometry, IsClassAgnostic = true });

        AssertNumbers(golden.Outputs.GetProperty($"{kind}_stats"), CocoSummary.Of(result).Values);
        AssertNumbers(golden.Outputs.GetProperty($"{kind}_class_agnostic_stats"), CocoSummary.Of(agnostic).Values);
        AssertNumbers(golden.Outputs.GetProperty($"{kind}_ap_per_iou"), [.. Enumerable.Range(0, 10).Select(t => result.MeanPrecision(t))]);
        AssertCategories(golden.Outputs.GetProperty($"{kind}_per_category_ap"), result);
        var precision = golden.Output($"{kind}_precision_TRKAM").Values<float>();
        Assert.Equal(precision, result.Precision.ToArray().Select(value => (float)value));
        var recall = golden.Output($"{kind}_recall_TKAM").Values<double>();
        Assert.Equal(recall, result.Recall.ToArray());
    }

    [Theory]
    [InlineData("segm", OverlapGeometry.Masks)]
    [InlineData("bbox", OverlapGeometry.Boxes)]
    public void Hundred_COCO_images_give_the_official_numbers(string kind, OverlapGeometry geometry)
    {
        var (truth, detections) = Hundred(kind);
        var reference = Reference().GetProperty(kind);

        var result = AveragePrecision.Evaluate(truth, detections, new AveragePrecisionOptions { Geometry = geometry });

        Assert.Equal(reference.GetProperty("detections").GetInt32(), detections.Count);
        AssertNumbers(reference.GetProperty("stats"), CocoSummary.Of(result).Values);
        AssertCategories(reference.GetProperty("per_category_AP"), result);
    }

    [Fact]
    public void Hundred_COCO_images_without_categories_give_the_official_numbers()
    {
        var (truth, detections) = Hundred("segm");

        var result = AveragePrecision.Evaluate(truth, detections, new AveragePrecisionOptions { IsClassAgnostic = true });

        AssertNumbers(Reference().GetProperty("segm_useCats0").GetProperty("stats"), CocoSummary.Of(result).Values);
    }

    [Fact]
    public void A_crowded_image_with_crowds_gives_the_numbers_that_faster_coco_eval_expects()
    {
        var folder = Goldens.Data("metrics", "coco", "faster_coco_eval", "dataset");
        var truth = CocoReader.ReadInstances(Path.Combine(folder, "gt_ignore_test.json"));
        var detections = CocoReader.ReadResults(Path.Combine(folder, "dt_ignore_test.json"), truth).Where(d => d.Score > 0.1).ToList();

        foreach (var honours in (bool[])[false, true])
        {
            var summary = CocoSummary.Of(AveragePrecision.Evaluate(truth, detections, new AveragePrecisionOptions { Geometry = OverlapGeometry.Boxes, HonoursIgnoreFlag = honours }));

            AssertNumbers([0.7099009900990099, 1, 0.8415841584158416, -1, 0.7099009900990099, -1, 0, 0.45384615384615384, 0.7153846153846154, -1, 0.7153846153846154, -1], summary.Values);
        }
    }

    [Fact]
    public void Masks_without_boxes_take_their_area_from_the_mask()
    {
        var folder = Goldens.Data("metrics", "coco", "faster_coco_eval", "dataset");
        var truth = CocoReader.ReadInstances(Path.Combine(folder, "gt_dataset.json"));
        var detections = CocoReader.ReadResults(Path.Combine(folder, "dt_dataset.json"), truth)
            .Select(d => new DetectedObject(d.ImageId, d.CategoryId, d.Score) { Mask = d.Mask })
            .ToList();

        var summary = CocoSummary.Of(AveragePrecision.Evaluate(truth, detections));

        const double Third = 2.0 / 3;
        AssertNumbers([0.6947194719471946, 0.6947194719471946, 0.6947194719471946, -1, 0.7367986798679867, 0, Third, 0.75, 0.75, -1, 0.7916666666666666, 0], summary.Values);
    }

    [Fact]
    public void Every_polygon_of_the_hundred_images_becomes_the_same_mask()
    {
        var (truth, _) = Hundred("bbox");
        using var reference = JsonDocument.Parse(File.ReadAllBytes(Goldens.Data("metrics", "coco", "reference", "gt_rle_from_polygons.json")));

        var masks = truth.Objects.ToDictionary(o => o.Id, o => o.Mask!); // All of these annotations have masks.

        Assert.Equal(839, reference.RootElement.GetArrayLength());
        foreach (var entry in reference.RootElement.EnumerateArray())
        {
            Assert.Equal(entry.GetProperty("counts").GetString(), masks[entry.GetProperty("id").GetInt64()].ToCocoString());
        }
    }

    [Fact]
    public void A_ground_truth_found_whole_is_found_with_an_LVIS_score_of_one()
    {
        var truth = CocoReader.ReadInstances(Goldens.Data("metrics", "coco", "lvis", "lvis_val_100.json"));
        var perfect = truth.Objects.Select(o => new DetectedObject(o.ImageId, o.CategoryId, 0.5) { Mask = o.Mask, Area = o.Area }).ToList();

        var clean = LvisSummary.Of(LvisEvaluation.Evaluate(truth, perfect), truth.Categories);

        output.WriteLine(clean.ToString());
        Assert.Equal(1, clean.Ap, 12);
        Assert.Equal(1, clean.Ar, 12);
        Assert.Equal(1, clean.ApFrequent, 12);
        Assert.Equal(977, truth.Objects.Count);
    }

    private static (DetectionTruth Truth, IReadOnlyList<DetectedObject> Detections) Hundred(string kind)
    {
        var folder = Goldens.Data("metrics", "coco", "faster_coco_eval", "dataset", "cocoapi");
        var truth = CocoReader.ReadInstances(Path.Combine(folder, "instances_val2014_100.json"));
        return (truth, CocoReader.ReadResults(Path.Combine(folder, $"instances_val2014_fake{kind}100_results.json"), truth));
    }

    private static JsonElement Reference()
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Goldens.Data("metrics", "coco", "reference", "cocoeval_stats.json")));
        return document.RootElement.Clone();
    }

    private static void AssertCategories(JsonElement expected, AveragePrecisionResult result)
    {
        Assert.Equal(expected.EnumerateObject().Count(), result.CategoryIds.Count);
        for (var k = 0; k < result.CategoryIds.Count; k++)
        {
            var value = expected.GetProperty($"{result.CategoryIds[k]}");
            Assert.Equal(value.ValueKind == JsonValueKind.Null ? -1 : value.GetDouble(), result.MeanPrecision(categories: [k]), 1e-12);
        }
    }

    private static void AssertNumbers(JsonElement expected, IReadOnlyList<double> actual) => AssertNumbers([.. expected.EnumerateArray().Select(v => v.GetDouble())], actual);

    private static void AssertNumbers(double[] values, IReadOnlyList<double> actual)
    {
        Assert.Equal(values.Length, actual.Count);
        Assert.All(values.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
    }
}
