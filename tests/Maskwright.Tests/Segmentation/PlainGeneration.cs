using Maskwright.Geometry;
using Maskwright.Images;
using Maskwright.Masks;
using Maskwright.PostProcessing;
using Maskwright.Segmentation;

namespace Maskwright.Tests.Segmentation;

/// <summary>Automatic generation said once more, plainly: whole images of logits, one mask after the other, one list a stage.</summary>
internal static class PlainGeneration
{
    public sealed record Row(BinaryMask Mask, int[] Box, float Iou, double Stability, PixelPoint Point, PixelRect Crop);

    public static List<Row> Run(IPromptSegmenter segmenter, RgbImage image, AutomaticMaskOptions options)
    {
        var all = new List<Row>();
        var crops = ImageCrop.Plan(image.Size, options.CropLayers, options.CropOverlapRatio);
        foreach (var crop in crops)
        {
            var rows = Crop(segmenter, image, options, crop).ToList();
            all.AddRange(Nms(rows, row => row.Iou, options.BoxNmsThreshold));
        }

        if (crops.Count > 1)
        {
            all = Nms(all, row => 1f / row.Crop.Area, options.CropNmsThreshold);
        }

        if (options.MinMaskRegionArea > 0)
        {
            var changed = all.Select(row => Clean(row, options.MinMaskRegionArea)).ToList();
            var scores = changed.ToDictionary(pair => pair.Row, pair => pair.IsChanged ? 0f : 1f);
            all = Nms([.. changed.Select(pair => pair.Row)], row => scores[row], Math.Max(options.BoxNmsThreshold, options.CropNmsThreshold));
        }

        return all;
    }

    private static IEnumerable<Row> Crop(IPromptSegmenter segmenter, RgbImage image, AutomaticMaskOptions options, ImageCrop crop)
    {
        using var embedding = segmenter.Encode(image.Crop(crop.Area));
        foreach (var fraction in PointGrid.Layers(options)[crop.Layer])
        {
            var point = new PixelPoint(fraction.X * crop.Area.Width, fraction.Y * crop.Area.Height);
            var predictions = segmenter.Predict(embedding, [Prompt.Point(point.X, point.Y)], new PredictionOptions());
            for (var m = 0; m < predictions.MasksPerPrompt; m++)
            {
                var iou = predictions.Quality(0, m);
                var logits = LogitUpsampling.ToImage(predictions.Logits(0, m));
                var stability = (double)((float)logits.Count(v => v > (float)options.StabilityScoreOffset) / logits.Count(v => v > (float)-options.StabilityScoreOffset));
                if (iou > (float)options.PredIouThreshold && stability >= (float)options.StabilityScoreThreshold)
                {
                    var mask = Place(image.Size, crop.Area, logits);
                    var box = Box(mask);
                    if (!NearEdge(box, crop.Area, image.Size))
                    {
                        yield return new Row(mask, box, iou, stability, new PixelPoint(point.X + crop.Area.X, point.Y + crop.Area.Y), crop.Area);
                    }
                }
            }
        }
    }

    private static BinaryMask Place(ImageSize image, PixelRect crop, float[] logits)
    {
        var mask = new BinaryMask(image);
        for (var i = 0; i < logits.Length; i++)
        {
            mask[crop.X + (i % crop.Width), crop.Y + (i / crop.Width)] = logits[i] > 0;
        }

        return mask;
    }

    private static int[] Box(BinaryMask mask)
    {
        var b = mask.Bounds();
        return b.IsEmpty ? [0, 0, 0, 0] : [b.X, b.Y, b.Right - 1, b.Bottom - 1];
    }

    private static bool NearEdge(int[] box, PixelRect crop, ImageSize image)
    {
        int[] cropSides = [crop.X, crop.Y, crop.Right, crop.Bottom], imageSides = [0, 0, image.Width, image.Height];
        return Enumerable.Range(0, 4).Any(i => Math.Abs(box[i] - cropSides[i]) <= 20 && !(Math.Abs(box[i] - imageSides[i]) <= 20));
    }

    private static (Row Row, bool IsChanged) Clean(Row row, int area)
    {
        var (filled, hadHoles) = SmallRegionRemoval.FillHoles(row.Mask, area);
        var (mask, hadIslands) = SmallRegionRemoval.RemoveIslands(filled, area);
        return (row with { Mask = mask, Box = Box(mask) }, hadHoles || hadIslands);
    }

    private static List<Row> Nms(List<Row> rows, Func<Row, float> score, double threshold)
    {
        var left = rows.OrderByDescending(score).ToList();
        var kept = new List<Row>();
        while (left.Count > 0)
        {
            kept.Add(left[0]);
            left = [.. left.Skip(1).Where(row => !(Iou(kept[^1].Box, row.Box) > threshold))];
        }

        return kept;
    }

    private static double Iou(int[] a, int[] b)
    {
        float width = Math.Max(0, Math.Min(a[2], b[2]) - Math.Max(a[0], b[0])), height = Math.Max(0, Math.Min(a[3], b[3]) - Math.Max(a[1], b[1]));
        float areaA = (a[2] - a[0]) * (a[3] - a[1]), areaB = (b[2] - b[0]) * (b[3] - b[1]);
        return width * height / (areaA + areaB - (width * height));
    }
}
