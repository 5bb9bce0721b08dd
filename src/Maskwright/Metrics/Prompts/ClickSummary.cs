namespace Maskwright.Metrics;

/// <summary>Clicks to quality over many objects.</summary>
/// <param name="NumberOfClicks85">The mean number of clicks to an IoU of .85 (NoC@85).</param>
/// <param name="NumberOfClicks90">The mean number of clicks to an IoU of .90 (NoC@90).</param>
/// <param name="Failures85">How many objects never reached .85.</param>
/// <param name="Failures90">How many objects never reached .90.</param>
/// <param name="OneClickIou">The mean IoU after the first click (one-click mIoU).</param>
/// <param name="ObjectCount">The number of objects.</param>
public sealed record ClickSummary(double NumberOfClicks85, double NumberOfClicks90, int Failures85, int Failures90, double OneClickIou, int ObjectCount)
{
    /// <summary>The share of all clicks after the first that lower the IoU by more than 10 points, in [0,1]; 0 without such clicks.</summary>
    public double SpoilingClickShare { get; init; }

    /// <summary>Sums up sessions that went on at least to an IoU of .90.</summary>
    /// <param name="curves">One session an object; at least one.</param>
    /// <exception cref="ArgumentException">There is no session.</exception>
    public static ClickSummary Of(IReadOnlyList<ClickCurve> curves)
    {
        ArgumentNullException.ThrowIfNull(curves);
        return curves.Count == 0
            ? throw new ArgumentException("There is no session to sum up.", nameof(curves))
            : new ClickSummary(
                curves.Average(c => c.ClicksTo(0.85)),
                curves.Average(c => c.ClicksTo(0.90)),
                curves.Count(c => !c.Reaches(0.85)),
                curves.Count(c => !c.Reaches(0.90)),
                curves.Average(c => c.OneClickIou),
                curves.Count)
            {
                SpoilingClickShare = (double)curves.Sum(c => c.SpoilingClicks()) / Math.Max(1, curves.Sum(c => c.Ious.Count - 1)),
            };
    }
}
