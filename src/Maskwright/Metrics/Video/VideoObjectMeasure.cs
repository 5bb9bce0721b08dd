using Maskwright.Masks;

namespace Maskwright.Metrics;

/// <summary>How well one object of a video was segmented: regions (J) and contours (F), frame by frame.</summary>
public sealed class VideoObjectMeasure
{
    private VideoObjectMeasure(double[] regions, double[] contours)
    {
        RegionByFrame = regions;
        ContourByFrame = contours;
        Region = SequenceStatistics.Of(regions);
        Contour = SequenceStatistics.Of(contours);
    }

    /// <summary>J of each frame: the IoU; 1 where both masks are empty.</summary>
    public IReadOnlyList<double> RegionByFrame { get; }

    /// <summary>F of each frame: the agreement of the contours.</summary>
    public IReadOnlyList<double> ContourByFrame { get; }

    /// <summary>J over the video.</summary>
    public SequenceStatistics Region { get; }

    /// <summary>F over the video.</summary>
    public SequenceStatistics Contour { get; }

    /// <summary>The mean of J and F, DAVIS's main number.</summary>
    public double RegionAndContour => (Region.Mean + Contour.Mean) / 2;

    /// <summary>Measures one object.</summary>
    /// <param name="prediction">The predicted mask of each frame.</param>
    /// <param name="truth">The true mask of each frame. By custom the given first frame, and the last, are left out by the caller.</param>
    /// <param name="tolerance">As in <see cref="BoundaryMeasure.Of"/>.</param>
    /// <exception cref="ArgumentException">There is no frame, or numbers of frames or sizes differ.</exception>
    public static VideoObjectMeasure Of(IReadOnlyList<BinaryMask> prediction, IReadOnlyList<BinaryMask> truth, double tolerance = BoundaryMeasure.CustomaryRatio)
    {
        ArgumentNullException.ThrowIfNull(prediction);
        ArgumentNullException.ThrowIfNull(truth);
        if (prediction.Count != truth.Count)
        {
            throw new ArgumentException($"The truth has {truth.Count} frames, but the prediction {prediction.Count}.", nameof(prediction));
        }

        return new VideoObjectMeasure(
            [.. prediction.Zip(truth, (p, t) => MaskOverlap.Of(p, t).Iou)],
            [.. prediction.Zip(truth, (p, t) => BoundaryMeasure.Of(p, t, tolerance).F)]);
    }
}
