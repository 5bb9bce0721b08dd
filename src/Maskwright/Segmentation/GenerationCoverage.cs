namespace Maskwright.Segmentation;

/// <summary>How much was looked at when not every point of the grid was asked.</summary>
/// <param name="PointsAsked">Points that were asked.</param>
/// <param name="PointsOfGrid">Points of the whole grid.</param>
/// <param name="ExplainedShare">The share of the image's pixels that lie in at least one of the masks, 0 to 1.</param>
/// <param name="EndedByBudget">Whether the time was over before all points that were wanted had been asked.</param>
public sealed record GenerationCoverage(int PointsAsked, int PointsOfGrid, double ExplainedShare, bool EndedByBudget);
