using Maskwright.Segmentation;

namespace Maskwright.Networks.Classic;

/// <summary>Chooses the regions that <see cref="ClassicSegmenter.Generate"/> returns.</summary>
internal static class EverythingSelection
{
    /// <summary>Filters by area and quality, drops near-duplicates, keeps the best.</summary>
    /// <returns>Best first, and what each stage let through.</returns>
    public static (List<RegionCandidate> Chosen, GenerationReport Report) Choose(ClassicEmbedding embedding, ClassicOptions options)
    {
        var stages = new List<GenerationStage>();
        var all = embedding.Trees.Sum(tree => tree.Nodes.Length);
        var large = Ranked(embedding, options).ToList();
        stages.Add(new GenerationStage(nameof(ClassicOptions.MinAreaFraction), all, large.Count, Advice(large.Count, nameof(ClassicOptions.MinAreaFraction))));

        var good = large.FindAll(c => c.Quality >= options.MinPredictedIou);
        var advice = large.Count > 0 && good.Count == 0
            ? $"{nameof(ClassicOptions.MinPredictedIou)} of {large[0].Quality:0.###} or less keeps the best mask."
            : null;
        stages.Add(new GenerationStage(nameof(ClassicOptions.MinPredictedIou), large.Count, good.Count, advice));

        var distinct = CandidatePool.WithoutDuplicates(good, options.DuplicateIou, options.MaxProposals, embedding.LeafAreas);
        stages.Add(new GenerationStage($"{nameof(ClassicOptions.DuplicateIou)}, {nameof(ClassicOptions.MaxProposals)}", good.Count, distinct.Count));
        return (distinct, new GenerationReport(stages));
    }

    /// <summary>The regions that are large enough, near-duplicates once, best first and one after the other: what nobody takes is not compared.</summary>
    public static IEnumerable<RegionCandidate> Distinct(ClassicEmbedding embedding, ClassicOptions options) =>
        CandidatePool.Distinct(Ranked(embedding, options), options.DuplicateIou, embedding.LeafAreas);

    private static IEnumerable<RegionCandidate> Ranked(ClassicEmbedding embedding, ClassicOptions options)
    {
        var minArea = options.MinAreaFraction * embedding.Image.Size.PixelCount;
        return CandidatePool.Ranked(embedding, (tree, node) => tree.Nodes[node].Statistics.Area >= minArea, embedding.QualityOf);
    }

    private static string? Advice(int kept, string setting) => kept > 0 ? null : $"{setting} of 0 keeps the smallest regions.";
}
