using Maskwright.Images;

namespace Maskwright.PostProcessing;

/// <summary>Smooths a soft mask so that its edges follow the image's.</summary>
/// <remarks>He, Sun, Tang 2013, "Guided image filtering", with a colour guide; windows are clipped at the image's border. The result is cut to [0,1].</remarks>
public static class GuidedFilter
{
    /// <summary>Filters a mask; the time does not depend on the radius.</summary>
    /// <param name="guide">The image.</param>
    /// <param name="mask">The mask to refine, of the image's size; not changed.</param>
    /// <param name="options">Null means the defaults.</param>
    /// <returns>A new soft mask.</returns>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is not positive.</exception>
    public static SoftMask Apply(RgbImage guide, SoftMask mask, GuidedFilterOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(guide);
        ArgumentNullException.ThrowIfNull(mask);
        options ??= new GuidedFilterOptions();
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.RadiusPixels, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.Epsilon, nameof(options));
        if (guide.Size != mask.Size)
        {
            throw new ArgumentException($"The image is {guide.Size}, but the mask {mask.Size}.", nameof(mask));
        }

        var windows = new ColorWindows(guide, options.RadiusPixels, _ => options.Epsilon, wholeOnly: false);
        windows.Fit(Array.ConvertAll(mask.Values.ToArray(), value => (double)value));
        var sums = Array.ConvertAll(windows.Coefficients, windows.Sum);
        var count = windows.Sum(Enumerable.Repeat(1.0, mask.Values.Length).ToArray());
        var filtered = new float[count.Length];
        for (var i = 0; i < filtered.Length; i++)
        {
            var value = (sums[0][i] * windows.Channels[0][i]) + (sums[1][i] * windows.Channels[1][i]) + (sums[2][i] * windows.Channels[2][i]) + sums[3][i];
            filtered[i] = (float)Math.Clamp(value / count[i], 0, 1);
        }

        return new SoftMask(mask.Size, filtered);
    }
}
