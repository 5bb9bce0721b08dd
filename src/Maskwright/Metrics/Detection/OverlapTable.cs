using Maskwright.Masks;

namespace Maskwright.Metrics;

/// <summary>The objects of one image and one category, detections best first, and how much each overlaps each.</summary>
internal sealed class OverlapTable
{
    private readonly double[] _iou;

    public OverlapTable(IReadOnlyList<TruthObject> truths, IEnumerable<RatedDetection> detections, AveragePrecisionOptions options)
    {
        Truths = truths;
        Detections = [.. detections.OrderByDescending(d => d.Object.Score).Take(options.MaxDetections[^1])]; // A stable sort, as the reference's.
        _iou = new double[Detections.Length * truths.Count];
        for (var d = 0; d < Detections.Length; d++)
        {
            for (var g = 0; g < truths.Count; g++)
            {
                _iou[(d * truths.Count) + g] = Iou(Detections[d].Object, truths[g], options.Geometry);
            }
        }
    }

    public IReadOnlyList<TruthObject> Truths { get; }

    public RatedDetection[] Detections { get; }

    public ReadOnlySpan<double> Overlaps(int detection) => _iou.AsSpan(detection * Truths.Count, Truths.Count);

    private static double Iou(DetectedObject detection, TruthObject truth, OverlapGeometry geometry)
    {
        if (geometry == OverlapGeometry.Boxes)
        {
            return detection.Box.Iou(truth.Box, truth.IsCrowd);
        }

        var (found, wanted) = (Needed(detection.Mask, "detection", detection.ImageId), Needed(truth.Mask, "ground truth", truth.ImageId));
        return found.Size == wanted.Size
            ? found.Iou(wanted, truth.IsCrowd)
            : throw new ArgumentException($"On image {truth.ImageId} a detection's mask is {found.Size}, but the ground truth's is {wanted.Size}.");
    }

    private static RunLengthMask Needed(RunLengthMask? mask, string whose, long imageId) =>
        mask ?? throw new ArgumentException($"A {whose} on image {imageId} has no mask; measure boxes instead.");
}
