using Maskwright.Geometry;
using Maskwright.Masks;
using Maskwright.Metrics;
using Spectre.Console;

namespace Maskwright.Bench;

/// <summary>
/// Times COCO's run lengths and average precision on one thread, in units that others can compare with: masks and pixels a second. The masks are round blobs with a hole on
/// images of 640 x 480 and 2048 x 2048 pixels.
/// </summary>
internal static class RunLengthBenchmark
{
    private const int MinimumRuns = 12;
    private const int Masks = 100;
    private const int EvaluationImages = 100;

    public static void Run(string? only)
    {
        var table = new Table().AddColumns("operation", "time", "rate", "pixels");
        foreach (var size in new[] { new ImageSize(640, 480), new ImageSize(2048, 2048) })
        {
            foreach (var (name, unit, count, action) in Operations(size).Where(row => only is null || row.Name.Contains(only, StringComparison.Ordinal)))
            {
                var seconds = ThreadTime.Best(action, MinimumRuns);
                var pixels = unit == "mask" ? $"{count * size.PixelCount / seconds / 1e9:f1} G/s" : "";
                table.AddRow($"{name}, {size}", $"{seconds / count * 1e6:f2} us a {unit}", $"{count / seconds:n0} {unit}s/s", pixels);
            }
        }

        var (truth, detections) = Detections();
        if (only is null || "average precision".Contains(only, StringComparison.Ordinal))
        {
            var seconds = ThreadTime.Best(() => AveragePrecision.Evaluate(truth, detections), MinimumRuns);
            table.AddRow($"COCO average precision, {detections.Count} masks of {EvaluationImages} images against {truth.Objects.Count}", $"{seconds * 1e3:f1} ms", $"{detections.Count / seconds:n0} masks/s", "");
        }

        AnsiConsole.Write(table);
    }

    private static IEnumerable<(string Name, string Unit, int Count, Action Action)> Operations(ImageSize size)
    {
        BinaryMask[] bits = [.. Enumerable.Range(0, Masks).Select(seed => Blob(size, seed))];
        var runs = Array.ConvertAll(bits, RunLengthMask.FromMask);
        var texts = Array.ConvertAll(runs, mask => mask.ToCocoString());
        var (first, second) = (runs[..(Masks / 2)], runs[(Masks / 2)..]);
        yield return ("encode", "mask", Masks, () => Array.ForEach(bits, mask => RunLengthMask.FromMask(mask)));
        yield return ("decode", "mask", Masks, () => Array.ForEach(runs, mask => mask.ToBinaryMask()));
        yield return ("write text", "mask", Masks, () => Array.ForEach(runs, mask => mask.ToCocoString()));
        yield return ("read text", "mask", Masks, () => Array.ForEach(texts, text => RunLengthMask.FromCocoString(size, text)));
        yield return ("merge two", "mask", Masks / 2, () => _ = first.Zip(second, (a, b) => a.Union(b)).Count(mask => mask.Area > 0));
        yield return ("iou of many with many", "pair", first.Length * second.Length, () => RunLengthMask.IouMatrix(first, second));
    }

    private static (DetectionTruth Truth, IReadOnlyList<DetectedObject> Detections) Detections()
    {
        var size = new ImageSize(640, 480);
        TruthImage[] images = [.. Enumerable.Range(1, EvaluationImages).Select(id => new TruthImage(id, size))];
        TruthCategory[] categories = [.. Enumerable.Range(1, 5).Select(id => new TruthCategory(id, $"{id}"))];
        var truth = new List<TruthObject>();
        var detections = new List<DetectedObject>();
        for (var i = 0; i < EvaluationImages * 20; i++)
        {
            var (image, category, mask) = ((i / 20) + 1, (i % 5) + 1, RunLengthMask.FromMask(Blob(size, i)));
            detections.Add(new DetectedObject(image, category, (i * 37 % 101) / 101.0) { Mask = mask.PlaceIn(size, i % 9, i % 4) });
            if (i % 3 > 0)
            {
                truth.Add(new TruthObject(image, category) { Id = i + 1, Mask = mask });
            }
        }

        return (new DetectionTruth(images, categories, truth), detections);
    }

    private static BinaryMask Blob(ImageSize size, int seed)
    {
        var (random, mask) = (new Random(seed), new BinaryMask(size));
        var radius = size.Height / 30.0 * (1 + (4 * random.NextDouble()));
        var (cx, cy) = (random.NextDouble() * size.Width, random.NextDouble() * size.Height);
        for (var y = Math.Max(0, (int)(cy - (2 * radius))); y < Math.Min(size.Height, cy + (2 * radius)); y++)
        {
            for (var x = Math.Max(0, (int)(cx - (2 * radius))); x < Math.Min(size.Width, cx + (2 * radius)); x++)
            {
                var (dx, dy) = (x - cx, y - cy);
                var (away, wave) = (Math.Sqrt((dx * dx) + (dy * dy)), 1 + (0.2 * Math.Sin(9 * Math.Atan2(dy, dx))));
                mask[x, y] = away < radius * wave && away > radius / 4;
            }
        }

        return mask;
    }
}
