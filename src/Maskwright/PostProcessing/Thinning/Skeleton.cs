using Maskwright.Masks;

namespace Maskwright.PostProcessing;

/// <summary>Thins a mask to lines one pixel wide that keep its connections and its holes.</summary>
/// <remarks>
/// Guo and Hall 1989, "Parallel thinning with two-subiteration algorithms"; the pixels of scikit-image 0.19 <c>thin</c>. Pixels outside the image count as
/// unset.
/// </remarks>
public static class Skeleton
{
    /// <summary>Thins a mask.</summary>
    /// <param name="mask">The mask; not changed.</param>
    /// <param name="maxIterations">Stops after so many rounds of two passes; null goes on until nothing changes.</param>
    /// <returns>A new mask.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxIterations"/> is negative.</exception>
    public static BinaryMask Of(BinaryMask mask, int? maxIterations = null)
    {
        ArgumentNullException.ThrowIfNull(mask);
        ArgumentOutOfRangeException.ThrowIfNegative(maxIterations ?? 0, nameof(maxIterations));
        var thinning = new GuoHallThinning(mask.Clone());
        var isChanged = true;
        for (var i = 0; isChanged && i < (maxIterations ?? int.MaxValue); i++)
        {
            isChanged = thinning.Pass() | thinning.Pass();
        }

        return thinning.Mask;
    }
}
