namespace Maskwright.Metrics;

/// <summary>How well one object was found.</summary>
public sealed record PromptAnswer
{
    /// <summary>The robot user's session; null when it was left out.</summary>
    public ClickCurve? Clicks { get; init; }

    /// <summary>The IoU of the best of several masks for the first click; null when it was left out.</summary>
    public double? BestOfSeveralIou { get; init; }

    /// <summary>The IoU of the answer to the tight box; null when it was left out.</summary>
    public double? BoxIou { get; init; }

    /// <summary>The best IoU among the first proposals, for each number of proposals; empty when everything mode was left out.</summary>
    public IReadOnlyList<double> ProposalIous { get; init; } = [];

    /// <summary>The share of COCO's overlaps, .50 to .95, that an IoU reaches: the mean of it over objects is the average recall (AR).</summary>
    /// <param name="iou">In [0,1].</param>
    public static double Recall(double iou) => Enumerable.Range(0, 10).Count(step => iou >= (50 + (5 * step)) / 100.0) / 10.0;
}
