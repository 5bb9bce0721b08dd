namespace Maskwright.Metrics;

/// <summary>How the regions of one image fit those of its annotators, at each threshold.</summary>
/// <param name="Covering">[T] in [0,1]: how well the regions at one threshold cover the annotators'.</param>
/// <param name="CoveredByTruth">[T] in [0,1]: how well each found region fits the best region of any annotator, weighted by area.</param>
/// <param name="BestCovering">In [0,1]: the same when each annotated region may choose its threshold.</param>
/// <param name="Area">The area of all annotated regions, over all annotators, in pixels.</param>
/// <param name="RandIndex">[T] the mean Rand index over the annotators (probabilistic Rand index, PRI).</param>
/// <param name="VariationOfInformation">[T] the mean variation of information over the annotators, in bits (VOI).</param>
public sealed record RegionCounts(
    IReadOnlyList<double> Covering,
    IReadOnlyList<double> CoveredByTruth,
    double BestCovering,
    long Area,
    IReadOnlyList<double> RandIndex,
    IReadOnlyList<double> VariationOfInformation);
