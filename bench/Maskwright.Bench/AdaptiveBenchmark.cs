using System.Globalization;
using Maskwright.Formats.Images;
using Maskwright.Images;
using Maskwright.Masks;
using Maskwright.Networks.Classic;
using Maskwright.Networks.Seedling;
using Maskwright.Segmentation;

namespace Maskwright.Bench;

/// <summary>How many of the exact grid's masks a part of its points finds, and what it costs; beside it, what a choice needs that knows all answers.</summary>
internal static class AdaptiveBenchmark
{
    private const double SameMaskIou = 0.9;
    private const double WantedRecall = 0.97;
    private static readonly double[] Shares = [0.05, 0.1, 0.2, 0.4, 0.7];

    /// <summary>Arguments: <c>--model FILE</c> for a Seedling instead of classic, <c>--model seedling</c> for the built-in one, <c>--quality X</c> and <c>--stability X</c> for the filters, photos.</summary>
    public static int Run(string[] arguments)
    {
        var (options, photos) = (new AutomaticMaskOptions { PredIouThreshold = 0.3, StabilityScoreThreshold = 0.5 }, new List<string>());
        IPromptSegmenter? chosen = null;
        for (var i = 0; i < arguments.Length; i++)
        {
            switch (arguments[i])
            {
                case "--model": chosen = arguments[++i] == "seedling" ? SeedlingSegmenter.BuiltIn() : SeedlingSegmenter.Load(arguments[i]); break;
                case "--quality": options = options with { PredIouThreshold = double.Parse(arguments[++i], CultureInfo.InvariantCulture) }; break;
                case "--stability": options = options with { StabilityScoreThreshold = double.Parse(arguments[++i], CultureInfo.InvariantCulture) }; break;
                default: photos.Add(arguments[i]); break;
            }
        }

        using var segmenter = chosen ?? new ClassicSegmenter();
        Console.WriteLine("| photo | exact masks | least points for 97 % | share asked | points, ratio | processor time, ratio | masks | found | found, by quality |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|");
        foreach (var photo in photos)
        {
            Compare(segmenter, options, photo);
        }

        return 0;
    }

    private static void Compare(IPromptSegmenter segmenter, AutomaticMaskOptions options, string photo)
    {
        var image = ImageReader.Read(photo);
        segmenter.Encode(image).Dispose();
        var (exact, exactSeconds) = Timed(new AutomaticMaskGenerator(segmenter, options), image);
        var least = LeastPoints(exact, new AutomaticMaskGenerator(segmenter, options with { BoxNmsThreshold = 1 }).Generate(image).Proposals);
        foreach (var share in Shares)
        {
            var generator = new AdaptiveMaskGenerator(segmenter, new AdaptiveMaskOptions { Masks = options, PointShare = share });
            var (found, seconds) = Timed(generator, image);
            var isFound = Found(exact, found);
            var recall = isFound.Count(f => f) / (double)Math.Max(1, exact.Count);
            var weighted = exact.Where((_, i) => isFound[i]).Sum(m => m.PredictedIou) / Math.Max(1e-9, exact.Sum(m => m.PredictedIou));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {Path.GetFileName(photo)} | {exact.Count} | {least} | {share} | {1 / share:0.0}x | {exactSeconds / seconds:0.0}x | {found.Count} | {100 * recall:0} % | {100 * weighted:0} % |"));
        }
    }

    private static (IReadOnlyList<MaskProposal> Masks, double ProcessorSeconds) Timed(IMaskGenerator generator, RgbImage image)
    {
        var start = Environment.CpuUsage.TotalTime;
        var masks = generator.Generate(image).Proposals;
        return (masks, (Environment.CpuUsage.TotalTime - start).TotalSeconds);
    }

    private static bool[] Found(IReadOnlyList<MaskProposal> wanted, IReadOnlyList<MaskProposal> masks)
    {
        var ious = RunLengthMask.IouMatrix([.. wanted.Select(m => m.Mask)], [.. masks.Select(m => m.Mask)]);
        return [.. Enumerable.Range(0, wanted.Count).Select(i => Enumerable.Range(0, masks.Count).Any(j => ious[i, j] >= SameMaskIou))];
    }

    // Greedy, with every answer known beforehand: not the very least, but no real choice knows so much.
    private static int LeastPoints(IReadOnlyList<MaskProposal> wanted, IReadOnlyList<MaskProposal> candidates)
    {
        var ious = RunLengthMask.IouMatrix([.. wanted.Select(m => m.Mask)], [.. candidates.Select(m => m.Mask)]);
        var points = candidates.Select((candidate, i) => (candidate.PromptPoint, i)).GroupBy(pair => pair.PromptPoint, pair => pair.i)
            .Select(group => Enumerable.Range(0, wanted.Count).Where(w => group.Any(c => ious[w, c] >= SameMaskIou)).ToHashSet()).ToList();
        var (open, asked) = (Enumerable.Range(0, wanted.Count).ToHashSet(), 0);
        while (open.Count > (1 - WantedRecall) * wanted.Count && points.Count > 0)
        {
            var best = points.MaxBy(masks => masks.Count(open.Contains))!;
            open.ExceptWith(best);
            points.Remove(best);
            asked++;
        }

        return asked;
    }
}
