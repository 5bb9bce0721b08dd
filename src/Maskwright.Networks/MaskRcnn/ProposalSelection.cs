using Maskwright.Geometry;
using Maskwright.Graphs;
using Maskwright.PostProcessing;

namespace Maskwright.Networks.MaskRcnn;

/// <summary>Chooses, of all anchors moved as the proposal head says, those that the box head should look at.</summary>
/// <remarks>torchvision <c>RegionProposalNetwork.filter_proposals</c> at 0.14.1.</remarks>
internal static class ProposalSelection
{
    private const float LeastSide = 1e-3f;

    /// <param name="features">What the features graph of <see cref="MaskRcnnGraphs"/> gives for one image.</param>
    /// <param name="config">How many, and the thresholds.</param>
    /// <param name="image">The resized image's size in pixels, without padding.</param>
    /// <param name="canvas">The size with padding.</param>
    /// <returns>In the resized image's pixels, best first.</returns>
    public static IReadOnlyList<RegionBox> Choose(IReadOnlyDictionary<string, Tensor> features, MaskRcnnConfig config, ImageSize image, ImageSize canvas)
    {
        var (boxes, scores, levels) = (new List<RegionBox>(), new List<float>(), new List<int>());
        for (var level = 0; level < config.AnchorSides.Count; level++)
        {
            foreach (var (box, score) in Best(features[$"objectness_{level}"], features[$"deltas_{level}"], level, config, canvas))
            {
                var clipped = box.ClippedTo(image);
                if (clipped.Width >= LeastSide && clipped.Height >= LeastSide)
                {
                    boxes.Add(clipped);
                    scores.Add((float)(1 / (1 + Math.Exp(-score))));
                    levels.Add(level);
                }
            }
        }

        var kept = BoxNonMaximumSuppression.Keep([.. boxes.Select(box => box.ToPixelBox())], [.. scores], config.ProposalIouThreshold, [.. levels]);
        return [.. kept.Take(config.ProposalsAfterSuppression).Select(i => boxes[i])];
    }

    private static IEnumerable<(RegionBox Box, float Logit)> Best(Tensor objectness, Tensor deltas, int level, MaskRcnnConfig config, ImageSize canvas)
    {
        var cells = new ImageSize((int)objectness.Shape[3], (int)objectness.Shape[2]);
        var (plane, perCell) = ((int)cells.PixelCount, config.AnchorsPerCell);
        var anchors = AnchorGrid.Of(config.AnchorSides[level], config.AnchorRatios, cells, canvas);
        float Logit(int anchor) => objectness.Floats[(anchor % perCell * plane) + (anchor / perCell)]; // [A,h,w], anchors count cell by cell
        float Delta(int anchor, int which) => deltas.Floats[(((4 * (anchor % perCell)) + which) * plane) + (anchor / perCell)];
        return Enumerable.Range(0, anchors.Count).OrderByDescending(Logit).Take(config.ProposalsBeforeSuppression)
            .Select(i => (anchors[i].Moved((Delta(i, 0), Delta(i, 1), Delta(i, 2), Delta(i, 3))), Logit(i)));
    }
}
