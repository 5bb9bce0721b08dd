using Maskwright.Masks;

namespace Maskwright.Metrics;

/// <summary>The IoU of the bands along the inner side of two masks' boundaries; it sees errors at the edges of large objects.</summary>
/// <remarks>Cheng et al. 2021, boundary-iou-api: the band is what an erosion by a square takes away; beyond the border is outside.</remarks>
public static class BoundaryIou
{
    /// <summary>The customary width of the band as a share of the image's diagonal.</summary>
    public const double CustomaryRatio = 0.02;

    /// <summary>Compares two masks.</summary>
    /// <param name="prediction">The predicted mask.</param>
    /// <param name="truth">The true mask, of the same size.</param>
    /// <param name="diagonalRatio">The width of the band as a share of the image's diagonal, above 0; at least 1 pixel.</param>
    /// <returns>In [0,1]; 1 for two empty masks.</returns>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    public static double Of(BinaryMask prediction, BinaryMask truth, double diagonalRatio = CustomaryRatio)
    {
        ArgumentNullException.ThrowIfNull(prediction);
        ArgumentNullException.ThrowIfNull(truth);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(diagonalRatio);
        var diagonal = Math.Sqrt(((double)truth.Width * truth.Width) + ((double)truth.Height * truth.Height));
        var bandPixels = Math.Max(1, (int)Math.Round(diagonalRatio * diagonal, MidpointRounding.ToEven));
        return MaskOverlap.Of(Band(prediction, bandPixels), Band(truth, bandPixels)).Iou;
    }

    /// <summary>The band along the inner side of a mask's boundary.</summary>
    /// <param name="mask">The mask.</param>
    /// <param name="bandPixels">The band's width, at least 1.</param>
    public static BinaryMask Band(BinaryMask mask, int bandPixels)
    {
        ArgumentNullException.ThrowIfNull(mask);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bandPixels);
        var band = mask.Clone();
        var columnRuns = new int[mask.Width];
        for (var y = 0; y < mask.Height + bandPixels; y++)
        {
            CountRows(mask, y, bandPixels, columnRuns);
            for (var x = 0; y >= bandPixels && x < mask.Width; x++)
            {
                if (columnRuns[x] > 2 * bandPixels)
                {
                    band[x, y - bandPixels] = false;
                }
            }
        }

        return band;
    }

    // Counts, for each column, the rows up to y in which it lies deep enough inside from left and right.
    private static void CountRows(BinaryMask mask, int y, int reach, int[] columnRuns)
    {
        for (int x = 0, end; x < mask.Width; x = end)
        {
            var isInside = y < mask.Height && mask[x, y];
            for (end = x + 1; end < mask.Width && (y < mask.Height && mask[end, y]) == isInside;)
            {
                end++;
            }

            for (var i = x; i < end; i++)
            {
                columnRuns[i] = isInside && i >= x + reach && i < end - reach ? columnRuns[i] + 1 : 0;
            }
        }
    }
}
