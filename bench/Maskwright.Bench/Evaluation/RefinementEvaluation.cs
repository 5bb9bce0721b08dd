using System.Diagnostics;
using Maskwright.Formats.Images;
using Maskwright.Formats.Labels;
using Maskwright.Images;
using Maskwright.Masks;
using Maskwright.Metrics;
using Maskwright.PostProcessing;
using Spectre.Console;

namespace Maskwright.Bench.Evaluation;

/// <summary>How much nearer to the truth refinement brings degraded masks of real photos.</summary>
internal sealed class RefinementEvaluation(PoolOptions options, RefinementSettings settings)
{
    private const int MinArea = 1000;
    private readonly Dictionary<(string Degradation, string Method), Tally> _tallies = [];

    /// <summary>Measures and prints a table.</summary>
    public void Run()
    {
        var chosen = LabelledImageTable.Read(Path.Combine(options.MasksFolder, options.Pool + ".tsv"))
            .Where(row => options.Sets.Count == 0 || options.Sets.Contains(row.Set)).GroupBy(row => row.Set).OrderBy(group => group.Key, StringComparer.Ordinal)
            .SelectMany(group => Draw([.. group], options.ImagesPerSet)).ToList();
        foreach (var row in chosen)
        {
            var image = ImageReader.Read(row.ImagePath);
            var crf = new Lazy<FullyConnectedCrf>(() => new FullyConnectedCrf(image, settings.Crf));
            foreach (var truth in Draw([.. row.ReadObjects().Select(o => o.Target.Mask).Where(mask => mask.Area() >= MinArea && mask.Area() < 0.9 * image.Size.PixelCount)], options.ObjectsPerImage))
            {
                Measure(image, crf, truth);
            }
        }

        Print();
    }

    private void Measure(RgbImage image, Lazy<FullyConnectedCrf> crf, BinaryMask truth)
    {
        foreach (var degradation in DegradedMask.All)
        {
            var coarse = degradation.Make(truth);
            var before = coarse.Cut();
            Add(degradation.Name, "before", before, before, truth, 0);
            foreach (var (name, refine) in Methods(image, crf, coarse))
            {
                var start = Stopwatch.GetTimestamp();
                var after = refine();
                Add(degradation.Name, name, after, before, truth, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
        }
    }

    private IEnumerable<(string Name, Func<BinaryMask> Refine)> Methods(RgbImage image, Lazy<FullyConnectedCrf> crf, SoftMask coarse)
    {
        yield return ("guided filter", () => GuidedFilter.Apply(image, coarse).Cut());
        yield return ("crf", () => crf.Value.Refine(coarse).Cut());
        yield return ("grabcut", () => GrabCut.Refine(image, coarse, settings.Cut));
    }

    private void Add(string degradation, string method, BinaryMask after, BinaryMask before, BinaryMask truth, double milliseconds)
    {
        if (!_tallies.TryGetValue((degradation, method), out var tally))
        {
            _tallies[(degradation, method)] = tally = new Tally();
        }

        var (was, now) = (Metrics.MaskOverlap.Of(before, truth).Iou, Metrics.MaskOverlap.Of(after, truth).Iou);
        tally.Iou.Add(now);
        tally.BoundaryIou.Add(BoundaryIou.Of(after, truth));
        tally.Better += now > was ? 1 : 0;
        tally.Milliseconds.Add(milliseconds);
    }

    private List<T> Draw<T>(IReadOnlyList<T> all, int count)
    {
        var random = new Random(options.Seed);
        return [.. all.OrderBy(_ => random.Next()).Take(count)];
    }

    private void Print()
    {
        var table = new Table().AddColumns("mask", "method", "objects", "IoU", "boundary IoU", "better", "median ms");
        foreach (var ((degradation, method), tally) in _tallies)
        {
            var middle = tally.Milliseconds.Order().ElementAt(tally.Milliseconds.Count / 2);
            table.AddRow(
                degradation, method, $"{tally.Iou.Count}", $"{tally.Iou.Average():f4}", $"{tally.BoundaryIou.Average():f4}",
                method == "before" ? "" : $"{(double)tally.Better / tally.Iou.Count:p0}", method == "before" ? "" : $"{middle:f0}");
        }

        AnsiConsole.Write(table);
        foreach (var group in _tallies.GroupBy(pair => pair.Key.Method))
        {
            AnsiConsole.WriteLine($"{group.Key}: mean IoU {group.Average(pair => pair.Value.Iou.Average()):f4}, boundary IoU {group.Average(pair => pair.Value.BoundaryIou.Average()):f4}");
        }
    }

    private sealed class Tally
    {
        public List<double> Iou { get; } = [];

        public List<double> BoundaryIou { get; } = [];

        public List<double> Milliseconds { get; } = [];

        public int Better { get; set; }
    }
}
