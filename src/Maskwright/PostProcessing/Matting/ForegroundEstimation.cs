using Maskwright.Images;

namespace Maskwright.PostProcessing;

/// <summary>Finds the object's own colours, with the background's share taken out of half-covered pixels. The mask stays as it is.</summary>
/// <remarks>
/// Germer, Uelwer, Conrad, Harmeling 2020, "Fast multi-level foreground estimation": the equation is relaxed on ever larger copies of the image, each
/// beginning with the colours of the one before.
/// </remarks>
public static class ForegroundEstimation
{
    /// <summary>Estimates colours.</summary>
    /// <param name="image">The image; not changed.</param>
    /// <param name="alpha">How much of every pixel belongs to the object; of the image's size.</param>
    /// <param name="options">Null means the defaults.</param>
    /// <param name="cancellation">Looked at between levels.</param>
    /// <returns>Colours to be shown with <paramref name="alpha"/> over any background, and those of the background; unmultiplied.</returns>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    public static (RgbImage Foreground, RgbImage Background) Estimate(
        RgbImage image, SoftMask alpha, ForegroundEstimationOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(alpha);
        options ??= new ForegroundEstimationOptions();
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.Regularization, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegative(options.GradientWeight, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.SmallLevelIterations, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.LargeLevelIterations, nameof(options));
        if (image.Size != alpha.Size)
        {
            throw new ArgumentException($"The image is {image.Size}, but alpha {alpha.Size}.", nameof(alpha));
        }

        var levels = (int)Math.Ceiling(Math.Log2(Math.Max(2, image.Size.LongestSide)));
        var level = ForegroundLevel.First(image, alpha);
        for (var i = 0; i <= levels; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var (width, height) = ((int)Math.Round(Math.Pow(image.Width, (double)i / levels)), (int)Math.Round(Math.Pow(image.Height, (double)i / levels)));
            level = level.Enlarge(image, alpha, width, height);
            level.Relax(options, Math.Max(width, height) <= 32 ? options.SmallLevelIterations : options.LargeLevelIterations);
        }

        return (level.ToImage(isForeground: true), level.ToImage(isForeground: false));
    }
}
