namespace Maskwright.Networks.Classic;

/// <summary>The regions that clicks may mean.</summary>
internal sealed class ClickCandidates
{
    private const double SameRegionIou = 0.95;
    private readonly ClassicEmbedding _embedding;
    private readonly PromptSeeds _seeds;

    /// <summary>Takes at least one positive click.</summary>
    public ClickCandidates(ClassicEmbedding embedding, PromptSeeds seeds)
    {
        _embedding = embedding;
        _seeds = seeds;
    }

    /// <summary>Every region that holds all positive clicks and no negative one; failing that, the union of what each positive click means by itself.</summary>
    /// <returns>Best first; a candidate is made when it is asked for.</returns>
    public IEnumerable<RegionCandidate> Ranked() => Around(_seeds.PositiveCells) ?? [UnionOfSingleClicks()];

    // Null when no region holds the clicks.
    private IEnumerable<RegionCandidate>? Around(List<int> positiveCells)
    {
        var found = new List<(RegionTree Tree, int Node, float Quality)>();
        var (x, y) = (positiveCells[0] % _embedding.Image.Width, positiveCells[0] / _embedding.Image.Width);
        var nearest = ClickDepth.Nearest(_embedding.Graph, x, y);
        var toFrame = Math.Min(Math.Min(x, y) + 1, Math.Min(_embedding.Image.Width - x, _embedding.Image.Height - y));
        foreach (var tree in _embedding.Trees)
        {
            var depth = new ClickDepth(nearest, tree);
            for (var node = CommonAncestor(tree, positiveCells); node >= 0 && !HoldsNegative(tree, node); node = tree.Nodes[node].Parent)
            {
                found.Add((tree, node, Quality(tree, node, x, y, depth.Of(node, toFrame))));
            }
        }

        var ranked = found.OrderByDescending(f => f.Quality).Select(f => _embedding.Candidate(f.Tree, f.Node, f.Quality));
        return found.Count == 0 ? null : CandidatePool.Distinct(ranked, SameRegionIou, _embedding.LeafAreas);
    }

    private static float Quality(RegionTree tree, int node, int x, int y, float depth)
    {
        Span<float> features = stackalloc float[QualityFeatures.WithClick];
        QualityFeatures.Measure(tree, node, features);
        QualityFeatures.MeasureClick(tree.Nodes[node], x, y, depth, features);
        return QualityTables.OfClickedRegions.Predict(features);
    }

    /// <summary>Where a click's own finest region holds a negative click too, that region alone stands for it; its pixels are parted later.</summary>
    private RegionCandidate UnionOfSingleClicks()
    {
        var leaves = new HashSet<int>();
        var quality = 0f;
        foreach (var cell in _seeds.PositiveCells)
        {
            var best = Around([cell])?.FirstOrDefault();
            leaves.UnionWith(best?.Leaves.Leaves() ?? [_embedding.Graph.Labels[cell]]);
            quality += (best?.Quality ?? 0) / _seeds.PositiveCells.Count;
        }

        return new RegionCandidate(new LeafSet([.. leaves.Order()], _embedding.LeafAreas), quality, 0);
    }

    private int CommonAncestor(RegionTree tree, List<int> cells)
    {
        var node = _embedding.Graph.Labels[cells[0]];
        foreach (var cell in cells.Skip(1))
        {
            node = tree.CommonAncestor(node, _embedding.Graph.Labels[cell]);
        }

        return node;
    }

    private bool HoldsNegative(RegionTree tree, int node) => _seeds.NegativeCells.Exists(cell => tree.Holds(node, _embedding.Graph.Labels[cell]));
}
