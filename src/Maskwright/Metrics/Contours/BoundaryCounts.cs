namespace Maskwright.Metrics;

/// <summary>What boundary matching counted at one threshold.</summary>
/// <param name="MatchedTruth">True boundary pixels with a partner, over all annotators.</param>
/// <param name="Truth">True boundary pixels, over all annotators.</param>
/// <param name="MatchedFound">Found boundary pixels with a partner at any annotator.</param>
/// <param name="Found">Found boundary pixels.</param>
public readonly record struct BoundaryCounts(long MatchedTruth, long Truth, long MatchedFound, long Found)
{
    /// <summary>The share of the true boundary that was found, in [0,1]; 0 without a boundary.</summary>
    public double Recall => (double)MatchedTruth / Math.Max(1, Truth);

    /// <summary>The share of what was found that is true, in [0,1]; 0 when nothing was found.</summary>
    public double Precision => (double)MatchedFound / Math.Max(1, Found);

    /// <summary>The harmonic mean of precision and recall.</summary>
    public double F => BoundaryScore.Harmonic(Recall, Precision);

    /// <summary>Both together.</summary>
    /// <param name="a">Some counts.</param>
    /// <param name="b">Other counts.</param>
    public static BoundaryCounts operator +(BoundaryCounts a, BoundaryCounts b) =>
        new(a.MatchedTruth + b.MatchedTruth, a.Truth + b.Truth, a.MatchedFound + b.MatchedFound, a.Found + b.Found);

    /// <summary>Both together.</summary>
    /// <param name="other">Other counts.</param>
    public BoundaryCounts Add(BoundaryCounts other) => this + other;
}
