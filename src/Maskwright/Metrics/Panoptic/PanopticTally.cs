namespace Maskwright.Metrics;

/// <summary>What was found of one category.</summary>
/// <param name="TruePositives">Segments that match: same category, IoU above .5.</param>
/// <param name="FalsePositives">Predicted segments without match.</param>
/// <param name="FalseNegatives">True segments without match.</param>
/// <param name="IouSum">The IoU of all matches together.</param>
public readonly record struct PanopticTally(long TruePositives, long FalsePositives, long FalseNegatives, double IouSum)
{
    /// <summary>Whether there was anything to measure.</summary>
    public bool HasSegments => TruePositives + FalsePositives + FalseNegatives > 0;

    /// <summary>Panoptic quality in [0,1]; 0 without segments.</summary>
    public double Quality => HasSegments ? IouSum / Weight : 0;

    /// <summary>Segmentation quality: the mean IoU of the matches, in [0,1]; 0 without matches.</summary>
    public double SegmentationQuality => TruePositives > 0 ? IouSum / TruePositives : 0;

    /// <summary>Recognition quality: the F1 score of the matches, in [0,1]; 0 without segments.</summary>
    public double RecognitionQuality => HasSegments ? TruePositives / Weight : 0;

    private double Weight => TruePositives + (0.5 * FalsePositives) + (0.5 * FalseNegatives);
}
