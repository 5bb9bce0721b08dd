using Maskwright.Geometry;

namespace Maskwright.Networks.Classic;

/// <summary>The regions that a box, with or without clicks, may mean.</summary>
internal sealed class BoxCandidates
{
    private const float LeastShare = 0.5f;
    private static readonly LeafCutWeights Weights = new(Color: 0.7f, Prior: 0.15f, Boundary: 0.15f);
    private readonly ClassicEmbedding _embedding;
    private readonly PromptSeeds _seeds;
    private readonly PixelBox _box;

    /// <summary>Takes a box in working pixels.</summary>
    public BoxCandidates(ClassicEmbedding embedding, PromptSeeds seeds, PixelBox box)
    {
        _embedding = embedding;
        _seeds = seeds;
        _box = box;
    }

    /// <summary>What a graph cut finds in the box, then the regions of the trees that fill the box best.</summary>
    public IEnumerable<RegionCandidate> Ranked()
    {
        yield return Cut();
        foreach (var candidate in CandidatePool.Ranked(_embedding, Accepts, (tree, node) => Fit(tree.Nodes[node].Statistics) * _embedding.QualityOf(tree, node)))
        {
            yield return candidate;
        }
    }

    private RegionCandidate Cut()
    {
        var (odds, share, isNear) = BoxPrior.Of(_embedding.Graph, _box);
        var leastShare = Math.Min(LeastShare, share.Max());
        sbyte[] sides = [.. share.Select(s => (sbyte)(s < leastShare ? -1 : 0))];
        _seeds.FixLeaves(_embedding.Graph, sides);
        var scale = (float)Math.Sqrt(_box.Width * _box.Height);
        var leaves = new LeafCut(_embedding, odds, sides, isNear).Solve(Weights with { Boundary = Weights.Boundary * scale });
        leaves = leaves.Length > 0 ? leaves : [.. Enumerable.Range(0, sides.Length).Where(leaf => sides[leaf] == 0)];
        var statistics = leaves.Select(leaf => _embedding.Graph.Regions[leaf]).Aggregate(new RegionStatistics(), RegionStatistics.Union);
        return new RegionCandidate(new LeafSet(leaves, _embedding.LeafAreas), Fit(statistics), 0);
    }

    private bool Accepts(RegionTree tree, int node) =>
        Fit(tree.Nodes[node].Statistics) > LeastShare
        && _seeds.PositiveCells.TrueForAll(cell => tree.Holds(node, _embedding.Graph.Labels[cell]))
        && !_seeds.NegativeCells.Exists(cell => tree.Holds(node, _embedding.Graph.Labels[cell]));

    /// <summary>The IoU of a region's own box with the prompt's.</summary>
    private float Fit(RegionStatistics region)
    {
        if (region.Area == 0)
        {
            return 0;
        }

        var width = Math.Min(region.Right + 1, _box.X1) - Math.Max(region.Left, _box.X0);
        var height = Math.Min(region.Bottom + 1, _box.Y1) - Math.Max(region.Top, _box.Y0);
        var common = Math.Max(0, width) * Math.Max(0, height);
        return (float)(common / (region.BoxArea + (_box.Width * _box.Height) - common));
    }
}
