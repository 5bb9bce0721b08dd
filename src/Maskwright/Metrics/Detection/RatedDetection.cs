namespace Maskwright.Metrics;

/// <summary>A detection, and whether it is left out when it matches nothing (LVIS: its category is not annotated in full on this image).</summary>
internal readonly record struct RatedDetection(DetectedObject Object, bool IsExcusedUnmatched);
