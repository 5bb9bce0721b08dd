using System.Diagnostics;
using Maskwright.Geometry;
using Maskwright.Masks;
using Maskwright.PostProcessing;
using Spectre.Console;

namespace Maskwright.Bench;

/// <summary>Times what follows the decoder, one mask on one thread: the plain forms beside the fast ones.</summary>
internal static class MaskBenchmark
{
    private const int Repeats = 30;

    private static readonly (string Name, ImageSize Used, ImageSize Image)[] Frames =
    [
        ("600x400", new(1024, 683), new(600, 400)),
        ("1024x683", new(1024, 683), new(1024, 683)),
        ("1800x1200", new(1024, 683), new(1800, 1200)),
        ("4000x3000", new(1024, 768), new(4000, 3000)),
    ];

    public static int Run()
    {
        var table = new Table().AddColumns("image", "step", "plain ms", "fast ms", "gain");
        foreach (var (name, used, image) in Frames)
        {
            var logits = Disc(new LogitFrame(new ImageSize(1024, 1024), used, image));
            var bits = LogitThresholding.Cut(logits).Mask.ToBinaryMask();
            var runs = RunLengthMask.FromMask(bits);
            var other = runs.PlaceIn(image, 20, 10);
            Add(table, name, "logits to mask", () => Plain(logits), () => LogitThresholding.Cut(logits));
            Add(table, name, "logits to stability, mask refused", () => Plain(logits), () => LogitThresholding.CutIfStable(logits, 0, 1, 2, out _));
            Add(table, name, "bits to runs", () => RunSpecification.Encode(bits), () => RunLengthMask.FromMask(bits));
            Add(table, name, "runs to bits", () => RunSpecification.Decode(runs.Counts, new BinaryMask(image)), () => runs.ToBinaryMask());
            Add(table, name, "IoU of two masks", () => PlainIou(runs, other), () => runs.Iou(other));
            Add(table, name, "small regions removed", null, () => SmallRegionRemoval.RemoveIslands(SmallRegionRemoval.FillHoles(bits, 100).Mask, 100));
        }

        AnsiConsole.Write(table);
        return 0;
    }

    private static MaskLogits Disc(LogitFrame frame)
    {
        var random = new Random(1);
        var values = new float[256 * 256];
        for (var i = 0; i < values.Length; i++)
        {
            var (dx, dy) = ((i % 256) - 100, (i / 256) - 80);
            values[i] = (float)(25 - (0.5 * Math.Sqrt((dx * dx) + (dy * dy))) + random.NextDouble());
        }

        return new MaskLogits(values, 256, 256, frame);
    }

    private static RunLengthMask Plain(MaskLogits logits)
    {
        var image = LogitUpsampling.ToImage(logits);
        var mask = new BinaryMask(logits.Frame.ImageSize);
        for (var i = 0; i < image.Length; i++)
        {
            if (image[i] > 0)
            {
                mask[i % mask.Width, i / mask.Width] = true;
            }
        }

        return RunLengthMask.FromCounts(mask.Size, RunSpecification.Encode(mask));
    }

    private static double PlainIou(RunLengthMask first, RunLengthMask second)
    {
        var (a, b) = (first.ToBinaryMask(), second.ToBinaryMask());
        long shared = 0;
        for (var i = 0; i < a.Words.Length; i++)
        {
            shared += System.Numerics.BitOperations.PopCount(a.Words[i] & b.Words[i]);
        }

        return (double)shared / (a.Area() + b.Area() - shared);
    }

    private static void Add(Table table, string image, string step, Action? plain, Action fast)
    {
        var quick = Best(fast);
        var slow = plain is null ? (double?)null : Best(plain);
        table.AddRow(image, step, slow is null ? "" : $"{slow:f3}", $"{quick:f3}", slow is null ? "" : $"{slow / quick:f1}x");
    }

    private static double Best(Action action)
    {
        var best = double.MaxValue;
        var whole = Stopwatch.GetTimestamp();
        for (var i = 0; i < Repeats || Stopwatch.GetElapsedTime(whole).TotalSeconds < 0.3; i++)
        {
            var start = Stopwatch.GetTimestamp();
            action();
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            if (Stopwatch.GetElapsedTime(whole).TotalSeconds > 2)
            {
                break;
            }
        }

        return best;
    }
}
