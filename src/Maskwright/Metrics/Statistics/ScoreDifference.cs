namespace Maskwright.Metrics;

/// <summary>How far two models differ in one measure of the same items.</summary>
/// <param name="Difference">Second less first, with its interval; NaN where a measure has no value.</param>
/// <param name="PValue">Twice the smaller share of resamples on either side of no difference, in (0,1]: small when the sign is sure.</param>
/// <param name="SecondHigher">The share of resamples in which the second is higher, in [0,1]; ties count half.</param>
public sealed record ScoreDifference(ConfidenceInterval Difference, double PValue, double SecondHigher);
