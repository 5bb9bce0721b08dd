using Maskwright.Masks;
using Maskwright.PostProcessing;

namespace Maskwright.Metrics;

/// <summary>How well the contours of a predicted mask and a true one agree, as DAVIS measures it (F).</summary>
/// <param name="Precision">The share of the predicted contour that lies near the true one, in [0,1].</param>
/// <param name="Recall">The share of the true contour that lies near the predicted one, in [0,1].</param>
/// <remarks>Perazzi et al. 2016; davis2017-evaluation <c>f_measure</c>. Two masks without contour agree perfectly.</remarks>
public readonly record struct BoundaryMeasure(double Precision, double Recall)
{
    /// <summary>The customary tolerance as a share of the image's diagonal.</summary>
    public const double CustomaryRatio = 0.008;

    /// <summary>The harmonic mean of precision and recall, in [0,1].</summary>
    public double F => Precision + Recall == 0 ? 0 : 2 * Precision * Recall / (Precision + Recall);

    /// <summary>Compares two masks.</summary>
    /// <param name="prediction">The predicted mask.</param>
    /// <param name="truth">The true mask, of the same size.</param>
    /// <param name="tolerance">From 1 on: in pixels. Below: as a share of the image's diagonal, rounded up to whole pixels.</param>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    public static BoundaryMeasure Of(BinaryMask prediction, BinaryMask truth, double tolerance = CustomaryRatio)
    {
        ArgumentNullException.ThrowIfNull(prediction);
        ArgumentNullException.ThrowIfNull(truth);
        ArgumentOutOfRangeException.ThrowIfNegative(tolerance);
        if (prediction.Size != truth.Size)
        {
            throw new ArgumentException($"The prediction is {prediction.Size}, but the truth is {truth.Size}.", nameof(prediction));
        }

        var diagonal = Math.Sqrt(((double)truth.Width * truth.Width) + ((double)truth.Height * truth.Height));
        var reach = tolerance >= 1 ? tolerance : Math.Ceiling(tolerance * diagonal);
        var (found, wanted) = (BoundaryMap.Of(prediction), BoundaryMap.Of(truth));
        var (foundCount, wantedCount) = (found.Area(), wanted.Area());
        return (foundCount, wantedCount) switch
        {
            (0, 0) => new(1, 1),
            (0, _) => new(1, 0),
            (_, 0) => new(0, 1),
            _ => new((double)CountNear(found, wanted, reach) / foundCount, (double)CountNear(wanted, found, reach) / wantedCount),
        };
    }

    private static long CountNear(BinaryMask line, BinaryMask other, double reach)
    {
        var squared = DistanceTransform.Of(MaskComplement.Of(other)).Squared;
        var near = 0L;
        for (var i = 0; i < squared.Length; i++)
        {
            near += squared[i] <= reach * reach && line[i % line.Width, i / line.Width] ? 1 : 0;
        }

        return near;
    }
}
