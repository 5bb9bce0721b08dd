using System.Text.Json;
using Maskwright.Geometry;
using Maskwright.Masks;
using Maskwright.Testing;
using Xunit;

namespace Maskwright.Tests.Masks;

/// <summary>Against pycocotools: strings, areas, boxes, merges and IoU, all exact.</summary>
[Trait("Kind", "parity")]
public class CocoRunParityTests
{
    [Fact]
    public void Masks_get_the_strings_areas_and_boxes_of_the_reference()
    {
        var golden = GoldenCase.Open("coco_mask", "rle");
        foreach (var entry in golden.Outputs.GetProperty("encode").EnumerateArray())
        {
            var name = entry.GetProperty("name").GetString()!; // Every entry has a name.
            var runs = RunLengthMask.FromMask(MaskOf(golden, name));

            AssertEntry(entry, runs);
            Assert.Equal(runs, FromText(entry));
        }
    }

    [Fact]
    public void Merges_are_those_of_the_reference()
    {
        var golden = GoldenCase.Open("coco_mask", "rle");
        var masks = Masks(golden);
        foreach (var entry in golden.Outputs.GetProperty("merge").EnumerateArray())
        {
            var members = entry.GetProperty("members").EnumerateArray().Select(m => masks[m.GetInt32()]).ToArray();
            var merged = entry.GetProperty("intersect").GetBoolean()
                ? members.Aggregate((all, mask) => all.Intersect(mask))
                : RunLengthMask.Union(members);

            Assert.Equal(entry.GetProperty("counts").GetString(), merged.ToCocoString());
            Assert.Equal(entry.GetProperty("area").GetInt64(), merged.Area);
        }
    }

    [Fact]
    public void Overlaps_are_those_of_the_reference()
    {
        var golden = GoldenCase.Open("coco_mask", "rle");
        var masks = Masks(golden);
        var iou = golden.Outputs.GetProperty("iou");
        var crowd = iou.GetProperty("iscrowd_of_gt").EnumerateArray().Select(flag => flag.GetInt32() != 0).ToArray();

        AssertMatrix(iou.GetProperty("dt_rows_gt_cols"), RunLengthMask.IouMatrix(masks, masks, crowd));
    }

    [Fact]
    public void Vectors_of_the_official_evaluator_agree()
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Goldens.Data("metrics", "coco", "reference", "rle_vectors.json")));
        foreach (var entry in document.RootElement.EnumerateArray())
        {
            var mask = AsciiMask.Parse(string.Join('\n', entry.GetProperty("rows").EnumerateArray().Select(row => row.GetString()!.Replace('0', '.').Replace('1', '#'))));

            AssertEntry(entry, RunLengthMask.FromMask(mask));
        }
    }

    [Fact]
    public void Strings_of_real_annotations_survive_decoding()
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Goldens.Data("metrics", "coco", "reference", "gt_rle_from_polygons.json")));
        foreach (var entry in document.RootElement.EnumerateArray())
        {
            var runs = FromText(entry);

            AssertEntry(entry, runs);
            Assert.Equal(runs.Counts.ToArray(), RunLengthMask.FromMask(runs.ToBinaryMask()).Counts.ToArray());
        }
    }

    [Fact]
    public void Plain_counts_get_the_strings_of_the_reference()
    {
        foreach (var entry in GoldenCase.Open("coco_mask", "rle").Outputs.GetProperty("uncompressed").EnumerateArray())
        {
            using var given = JsonDocument.Parse(entry.GetProperty("in").GetString()!); // Every entry says what went in.
            var size = given.RootElement.GetProperty("size");
            uint[] counts = [.. given.RootElement.GetProperty("counts").EnumerateArray().Select(count => count.GetUInt32())];

            var runs = RunLengthMask.FromCounts(new ImageSize(size[1].GetInt32(), size[0].GetInt32()), counts);

            Assert.Equal(entry.GetProperty("counts").GetString(), runs.ToCocoString());
            Assert.Equal(entry.GetProperty("area").GetInt64(), runs.Area);
        }
    }

    [Fact]
    public void Overlaps_of_real_detections_are_those_of_the_official_evaluator()
    {
        using var truth = JsonDocument.Parse(File.ReadAllBytes(Goldens.Data("metrics", "coco", "reference", "gt_rle_from_polygons.json")));
        using var results = JsonDocument.Parse(File.ReadAllBytes(Goldens.Data("metrics", "coco", "cocoapi_results", "instances_val2014_fakesegm100_results.json")));
        using var expected = JsonDocument.Parse(File.ReadAllBytes(Goldens.Data("metrics", "coco", "reference", "segm_iou_by_image.json")));
        var truths = truth.RootElement.EnumerateArray().ToDictionary(entry => entry.GetProperty("id").GetInt64(), FromText);
        foreach (var image in expected.RootElement.EnumerateObject().Select(property => property.Value))
        {
            RunLengthMask[] detections = [.. image.GetProperty("dt_ids").EnumerateArray().Select(id => FromText(results.RootElement[id.GetInt32() - 1].GetProperty("segmentation")))];
            var columns = image.GetProperty("gt_ids").EnumerateArray().Select(id => id.GetInt64()).Index().Where(column => truths.ContainsKey(column.Item)).ToArray();
            bool[] crowds = [.. columns.Select(column => image.GetProperty("gt_iscrowd")[column.Index].GetInt32() != 0)];

            var actual = RunLengthMask.IouMatrix(detections, [.. columns.Select(column => truths[column.Item])], crowds);

            for (var d = 0; d < detections.Length; d++)
            {
                Assert.All(columns.Index(), g => Assert.Equal(image.GetProperty("iou")[d][g.Item.Index].GetDouble(), actual[d, g.Index]));
            }
        }
    }

    private static void AssertEntry(JsonElement entry, RunLengthMask runs)
    {
        var box = entry.GetProperty("bbox").EnumerateArray().Select(v => (int)v.GetDouble()).ToArray();
        Assert.Equal(entry.GetProperty("counts").GetString(), runs.ToCocoString());
        Assert.Equal(entry.GetProperty("area").GetInt64(), runs.Area);
        Assert.Equal(new PixelRect(box[0], box[1], box[2], box[3]), runs.Bounds);
    }

    private static RunLengthMask FromText(JsonElement entry)
    {
        var size = entry.GetProperty("size");
        return RunLengthMask.FromCocoString(new ImageSize(size[1].GetInt32(), size[0].GetInt32()), entry.GetProperty("counts").GetString());
    }

    private static RunLengthMask[] Masks(GoldenCase golden)
    {
        var size = golden.Outputs.GetProperty("size");
        return [.. golden.Outputs.GetProperty("rles").EnumerateArray()
            .Select(text => RunLengthMask.FromCocoString(new ImageSize(size[1].GetInt32(), size[0].GetInt32()), text.GetString()))];
    }

    private static BinaryMask MaskOf(GoldenCase golden, string name) =>
        golden.Has("mask_" + name) ? golden.Output("mask_" + name).Masks()[0] : ImageOperations.Mask(GoldenCase.Open("image_ops", "mask_" + name));

    private static void AssertMatrix(JsonElement expected, double[,] actual)
    {
        for (var d = 0; d < actual.GetLength(0); d++)
        {
            for (var g = 0; g < actual.GetLength(1); g++)
            {
                Assert.Equal(expected[d][g].GetDouble(), actual[d, g]);
            }
        }
    }
}
