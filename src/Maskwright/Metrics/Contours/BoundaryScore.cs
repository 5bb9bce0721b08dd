namespace Maskwright.Metrics;

/// <summary>The best point of a precision-recall curve.</summary>
/// <param name="Threshold">Where it lies; may lie between the measured thresholds.</param>
/// <param name="Recall">In [0,1].</param>
/// <param name="Precision">In [0,1].</param>
/// <param name="F">Their harmonic mean.</param>
public sealed record BoundaryScore(double Threshold, double Recall, double Precision, double F)
{
    private const int StepsBetween = 99;

    internal static double Harmonic(double recall, double precision) => recall + precision == 0 ? 0 : 2 * precision * recall / (precision + recall);

    // Between two thresholds the reference draws straight lines and tries 100 points.
    internal static BoundaryScore Best(IReadOnlyList<double> thresholds, IReadOnlyList<BoundaryCounts> counts)
    {
        var best = new BoundaryScore(thresholds[0], counts[0].Recall, counts[0].Precision, counts[0].F);
        for (var i = 1; i < thresholds.Count; i++)
        {
            for (var step = 0; step <= StepsBetween; step++)
            {
                var d = (double)step / StepsBetween;
                var recall = (counts[i].Recall * d) + (counts[i - 1].Recall * (1 - d));
                var precision = (counts[i].Precision * d) + (counts[i - 1].Precision * (1 - d));
                var f = Harmonic(recall, precision);
                best = f > best.F ? new BoundaryScore((thresholds[i] * d) + (thresholds[i - 1] * (1 - d)), recall, precision, f) : best;
            }
        }

        return best;
    }
}
