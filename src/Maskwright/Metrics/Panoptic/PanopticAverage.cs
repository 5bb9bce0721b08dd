namespace Maskwright.Metrics;

/// <summary>The mean over those categories of a group that have segments; all 0 when none has.</summary>
/// <param name="Quality">Mean panoptic quality, PQ.</param>
/// <param name="SegmentationQuality">Mean segmentation quality, SQ.</param>
/// <param name="RecognitionQuality">Mean recognition quality, RQ.</param>
/// <param name="CategoryCount">The number of categories with segments.</param>
public sealed record PanopticAverage(double Quality, double SegmentationQuality, double RecognitionQuality, int CategoryCount);
