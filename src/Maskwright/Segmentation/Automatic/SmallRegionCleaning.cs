using Maskwright.Geometry;
using Maskwright.Masks;
using Maskwright.PostProcessing;

namespace Maskwright.Segmentation;

/// <summary>Fills small holes and removes small islands in the masks of automatic generation.</summary>
/// <remarks>segment-anything <c>postprocess_small_regions</c> at dca509f.</remarks>
internal static class SmallRegionCleaning
{
    /// <summary>Cleans; that may make two masks alike, and then those that needed none win.</summary>
    public static List<Candidate> Apply(IReadOnlyList<Candidate> found, AutomaticMaskOptions options, CancellationToken cancellationToken)
    {
        var clean = new Candidate[found.Count];
        var scores = new float[found.Count];
        ParallelLoop.Run(clean.Length, i =>
        {
            var (filled, hadHoles) = SmallRegionRemoval.FillHoles(found[i].Mask.ToBinaryMask(), options.MinMaskRegionArea);
            var (mask, hadIslands) = SmallRegionRemoval.RemoveIslands(filled, options.MinMaskRegionArea);
            clean[i] = hadHoles || hadIslands ? found[i] with { Mask = RunLengthMask.FromMask(mask) } : found[i];
            scores[i] = hadHoles || hadIslands ? 0 : 1;
        }, cancellationToken);
        PixelBox[] boxes = [.. clean.Select(candidate => Candidate.InclusiveBox(candidate.Mask.Bounds))];
        var threshold = Math.Max(options.BoxNmsThreshold, options.CropNmsThreshold);
        return [.. BoxNonMaximumSuppression.Keep(boxes, scores, threshold).Select(i => clean[i])];
    }
}
