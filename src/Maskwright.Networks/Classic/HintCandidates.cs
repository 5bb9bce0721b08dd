using Maskwright.Masks;

namespace Maskwright.Networks.Classic;

/// <summary>The regions that an earlier mask, with or without clicks, may mean.</summary>
internal sealed class HintCandidates(ClassicEmbedding embedding, PromptSeeds seeds, MaskLogits hint)
{
    private const float Trust = 2f;
    private static readonly LeafCutWeights Weights = new(0.25f, 1f, 0.05f);

    /// <summary>The earlier mask fitted to the image's edges and to the clicks.</summary>
    public IEnumerable<RegionCandidate> Ranked()
    {
        var inside = InsideShares();
        var sides = new sbyte[inside.Length];
        seeds.FixLeaves(embedding.Graph, sides);
        float[] odds = [.. inside.Select(share => Trust * ((2 * share) - 1))];
        var isNear = new bool[inside.Length];
        Array.Fill(isNear, true);
        var area = inside.Select((share, leaf) => share * embedding.LeafAreas[leaf]).Sum();
        var leaves = new LeafCut(embedding, odds, sides, isNear).Solve(Weights with { Boundary = Weights.Boundary * MathF.Sqrt(area) });
        var set = new LeafSet(leaves, embedding.LeafAreas);
        yield return new RegionCandidate(set, Agreement(set, inside), 0);
    }

    /// <summary>Of each finest region the part that the hint has inside, looked up at the centres of the working pixels.</summary>
    private float[] InsideShares()
    {
        var shares = new float[embedding.LeafAreas.Length];
        var (image, frame) = (embedding.Image, hint.Frame);
        for (var i = 0; i < embedding.Graph.Labels.Length; i++)
        {
            var across = ((i % image.Width) + 0.5) / image.Width * frame.UsedSize.Width / frame.CanvasSize.Width;
            var down = ((i / image.Width) + 0.5) / image.Height * frame.UsedSize.Height / frame.CanvasSize.Height;
            var cell = (Math.Min((int)(down * hint.Height), hint.Height - 1) * hint.Width) + Math.Min((int)(across * hint.Width), hint.Width - 1);
            shares[embedding.Graph.Labels[i]] += hint.Values.Span[cell] > 0 ? 1f : 0f;
        }

        for (var leaf = 0; leaf < shares.Length; leaf++)
        {
            shares[leaf] /= embedding.LeafAreas[leaf];
        }

        return shares;
    }

    private float Agreement(LeafSet set, float[] inside)
    {
        double common = 0, hinted = 0;
        for (var leaf = 0; leaf < inside.Length; leaf++)
        {
            var pixels = inside[leaf] * embedding.LeafAreas[leaf];
            hinted += pixels;
            common += set.Contains(leaf) ? pixels : 0;
        }

        return hinted + set.Area == 0 ? 0 : (float)(common / (hinted + set.Area - common));
    }
}
