using Maskwright.Networks.MaskRcnn;
using Maskwright.Training.Data;

namespace Maskwright.Training.Detection;

/// <summary>The anchors of one image that the proposal head is asked about.</summary>
/// <param name="Objects">Numbers of anchors that stand for objects.</param>
/// <param name="Background">Numbers of anchors that show background.</param>
/// <param name="Deltas">[objects,4] how each should move.</param>
internal sealed record AnchorSample(int[] Objects, int[] Background, float[] Deltas)
{
    /// <summary>Matches and draws.</summary>
    public static AnchorSample Draw(IReadOnlyList<RegionBox> anchors, IReadOnlyList<TrueObject> truth, DetectionOptions options, SampleRandom random)
    {
        var matches = BoxMatching.Match([.. truth.Select(o => o.Box)], anchors, options.AnchorObjectIou, options.AnchorBackgroundIou, keepsBest: true);
        var (objects, background) = BalancedSampling.Draw(matches, options.AnchorsPerImage, options.AnchorObjectFraction, random);
        return new AnchorSample(objects, background, [.. objects.SelectMany(i => BoxEncoding.Of(anchors[i], truth[matches[i]].Box))]);
    }
}
