using Maskwright.Geometry;
using Maskwright.Masks;
using Maskwright.Segmentation;

namespace Maskwright.Networks.Classic;

/// <summary>Answers one prompt on one image.</summary>
internal sealed class PromptSolver
{
    private const double SameMaskIou = 0.7;
    private readonly ClassicEmbedding _embedding;
    private readonly Prompt _prompt;
    private readonly PromptSeeds _seeds;
    private readonly PixelBox? _box;

    /// <summary>Takes a valid prompt.</summary>
    public PromptSolver(ClassicEmbedding embedding, Prompt prompt)
    {
        _embedding = embedding;
        _prompt = prompt;
        _seeds = new PromptSeeds(prompt.Points, embedding.Image);
        _box = prompt.Box is { } box ? embedding.Image.ToWorking(box) : null;
    }

    /// <summary>Finds masks of growing size.</summary>
    /// <param name="count">How many; the best alone when 1.</param>
    /// <param name="qualityFloor">Masks whose quality is not above it get no logits.</param>
    public IReadOnlyList<(float Quality, MaskLogits? Logits)> Solve(int count, double qualityFloor) =>
        [.. Chosen(count).Select(c => (c.Quality, c.Quality > qualityFloor ? Logits(c.Leaves) : null))];

    /// <summary>The same masks as working pixels, [h,w] true inside.</summary>
    public IEnumerable<(float Quality, bool[] Mask)> SolvePixels(int count) => Chosen(count).Select(c => (c.Quality, Draw(c.Leaves)));

    private IEnumerable<RegionCandidate> Chosen(int count)
    {
        var chosen = CandidatePool.WithoutDuplicates(Candidates(), SameMaskIou, count, _embedding.LeafAreas);
        while (chosen.Count < count)
        {
            chosen.Add(chosen.Count > 0 ? chosen[^1] : new RegionCandidate(new LeafSet([], _embedding.LeafAreas), 0, 0));
        }

        return chosen.OrderBy(c => c.Leaves.Area);
    }

    private IEnumerable<RegionCandidate> Candidates()
    {
        if (_box is { } box)
        {
            return new BoxCandidates(_embedding, _seeds, box).Ranked();
        }

        if (_prompt.MaskHint is { } hint)
        {
            return new HintCandidates(_embedding, _seeds, hint).Ranked();
        }

        return _seeds.PositiveCells.Count > 0
            ? new ClickCandidates(_embedding, _seeds).Ranked()
            : CandidatePool.Ranked(_embedding, IsFreeOfNegatives, _embedding.QualityOf);
    }

    private bool IsFreeOfNegatives(RegionTree tree, int node) => !_seeds.NegativeCells.Exists(cell => tree.Holds(node, _embedding.Graph.Labels[cell]));

    private MaskLogits Logits(LeafSet leaves)
    {
        var (width, height) = (_embedding.Image.Width, _embedding.Image.Height);
        return new MaskLogits(SignedDistance.Logits(Draw(leaves), width, height), width, height, LogitFrame.Identity(_embedding.ImageSize));
    }

    private bool[] Draw(LeafSet leaves) => PixelMask.Draw(_embedding.Graph, leaves, _seeds, _box);
}
