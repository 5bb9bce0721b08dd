using Maskwright.Images;
using Maskwright.Masks;

namespace Maskwright.PostProcessing;

/// <summary>Moves a mask's border to where colours change: the cheapest cut through a band along it, given colour models of both sides.</summary>
/// <remarks>
/// Rother, Kolmogorov, Blake 2004, "GrabCut", with the mixtures and the contrast-sensitive neighbours of that paper. Deviations: colours are learnt near the
/// border only, the given probabilities count too, and the evidence of one pixel's colour is bounded.
/// </remarks>
public static class GrabCut
{
    /// <summary>Refines a mask.</summary>
    /// <param name="image">The image.</param>
    /// <param name="mask">What is believed so far, of the image's size; not changed.</param>
    /// <param name="options">Null means the defaults.</param>
    /// <param name="cancellation">Looked at in every round.</param>
    /// <returns>A new mask; the given one, cut at 0.5, where it has no border.</returns>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static BinaryMask Refine(RgbImage image, SoftMask mask, GrabCutOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(mask);
        options ??= new GrabCutOptions();
        options.Check();
        if (image.Size != mask.Size)
        {
            throw new ArgumentException($"The image is {image.Size}, but the mask {mask.Size}.", nameof(mask));
        }

        var cut = mask.Cut();
        var area = cut.Area();
        if (area == 0 || area == image.Size.PixelCount)
        {
            return cut;
        }

        var band = new CutBand(image, mask, cut, options);
        for (var round = 0; round < options.Rounds; round++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (!band.Cut())
            {
                break;
            }
        }

        return band.Result;
    }
}
