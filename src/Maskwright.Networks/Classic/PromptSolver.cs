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

    /// <summary>Takes a valid prompt.</summary>
    public PromptSolver(ClassicEmbedding embedding, Prompt prompt)
    {
        _embedding = embedding;
        _prompt = prompt;
        _seeds = new PromptSeeds(prompt.Points, embedding.Image);
    }

    /// <summary>Finds masks of growing size.</summary>
    /// <param name="count">How many; the best alone when 1.</param>
    /// <param name="qualityFloor">Masks whose quality is not above it get no logits.</param>
    public IReadOnlyList<(float Quality, MaskLogits? Logits)> Solve(int count, double qualityFloor)
    {
        var ranked = CandidatePool.Ranked(_embedding, Accepts, QualityOf);
        var chosen = CandidatePool.WithoutDuplicates(ranked, SameMaskIou, count, _embedding.LeafAreas);
        while (chosen.Count < count)
        {
            chosen.Add(chosen.Count > 0 ? chosen[^1] : Everything());
        }

        return [.. chosen.OrderBy(c => c.Leaves.Area).Select(c => (c.Quality, c.Quality > qualityFloor ? Logits(c) : null))];
    }

    private bool Accepts(RegionTree tree, int node)
    {
        var leaves = tree.LeavesOf(node);
        foreach (var cell in _seeds.PositiveCells)
        {
            if (!leaves.Contains(_embedding.Graph.Labels[cell]))
            {
                return false;
            }
        }

        foreach (var cell in _seeds.NegativeCells)
        {
            if (leaves.Contains(_embedding.Graph.Labels[cell]))
            {
                return false;
            }
        }

        return true;
    }

    private float QualityOf(RegionNode node)
    {
        var quality = _embedding.QualityOf(node);
        return _prompt.Box is { } box ? quality * BoxFit(node.Statistics, box) : quality;
    }

    /// <summary>The IoU of the region's own box with the prompt's.</summary>
    private float BoxFit(RegionStatistics region, PixelBox box)
    {
        double across = _embedding.Image.Width / (double)_embedding.ImageSize.Width, down = _embedding.Image.Height / (double)_embedding.ImageSize.Height;
        var width = Math.Min(region.Right + 1, box.X1 * across) - Math.Max(region.Left, box.X0 * across);
        var height = Math.Min(region.Bottom + 1, box.Y1 * down) - Math.Max(region.Top, box.Y0 * down);
        var common = Math.Max(0, width) * Math.Max(0, height);
        return (float)(common / (region.BoxArea + (box.Width * across * box.Height * down) - common));
    }

    private RegionCandidate Everything()
    {
        var tree = _embedding.Trees[0];
        return new RegionCandidate(new LeafSet(tree.LeafOrder, _embedding.LeafAreas), 0, 0);
    }

    private MaskLogits Logits(RegionCandidate candidate)
    {
        var labels = _embedding.Graph.Labels;
        var mask = new bool[labels.Length];
        for (var i = 0; i < mask.Length; i++)
        {
            mask[i] = candidate.Leaves.Contains(labels[i]);
        }

        _seeds.Impose(mask);
        var (width, height) = (_embedding.Image.Width, _embedding.Image.Height);
        return new MaskLogits(SignedDistance.Logits(mask, width, height), width, height, LogitFrame.Identity(_embedding.ImageSize));
    }
}
