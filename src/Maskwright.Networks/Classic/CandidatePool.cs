namespace Maskwright.Networks.Classic;

/// <summary>The regions of all trees as candidates, each set of pixels once.</summary>
internal static class CandidatePool
{
    /// <summary>Ranks the nodes of all trees that pass a test, best first.</summary>
    /// <param name="embedding">The image taken apart.</param>
    /// <param name="accepts">Which nodes of which tree to take.</param>
    /// <param name="quality">Predicts the IoU of a node.</param>
    /// <returns>Candidates by falling quality; equal qualities in a fixed order.</returns>
    public static IEnumerable<RegionCandidate> Ranked(ClassicEmbedding embedding, Func<RegionTree, int, bool> accepts, Func<RegionTree, int, float> quality)
    {
        var found = new List<(RegionTree Tree, int Node, float Quality)>();
        foreach (var tree in embedding.Trees)
        {
            for (var node = 0; node < tree.Nodes.Length; node++)
            {
                if (accepts(tree, node))
                {
                    found.Add((tree, node, quality(tree, node)));
                }
            }
        }

        return found.OrderByDescending(f => f.Quality).Select(f => embedding.Candidate(f.Tree, f.Node, f.Quality));
    }

    /// <summary>Keeps the best, and of near-duplicates the better one.</summary>
    /// <param name="ranked">Best first.</param>
    /// <param name="iou">Above it two candidates are near-duplicates.</param>
    /// <param name="most">How many to keep at most.</param>
    /// <param name="areas">The area of every finest region.</param>
    public static List<RegionCandidate> WithoutDuplicates(IEnumerable<RegionCandidate> ranked, double iou, int most, int[] areas) =>
        [.. Distinct(ranked, iou, areas).Take(most)];

    /// <summary>The same one after the other, so that what nobody takes is never compared.</summary>
    /// <param name="ranked">Best first.</param>
    /// <param name="iou">Above it two candidates are near-duplicates.</param>
    /// <param name="areas">The area of every finest region.</param>
    public static IEnumerable<RegionCandidate> Distinct(IEnumerable<RegionCandidate> ranked, double iou, int[] areas)
    {
        var kept = new List<RegionCandidate>();
        foreach (var candidate in ranked)
        {
            if (!kept.Exists(k => k.Leaves.Resembles(candidate.Leaves, iou, areas)))
            {
                kept.Add(candidate);
                yield return candidate;
            }
        }
    }
}
