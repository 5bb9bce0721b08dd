using Maskwright.Masks;

namespace Maskwright.PostProcessing;

/// <summary>Grows a mask: a pixel is set where the element, laid on it, covers any set pixel.</summary>
/// <remarks>OpenCV 4.6 <c>dilate</c> with its border. Pixels outside the image count as unset.</remarks>
public static class Dilation
{
    /// <summary>Applies the operation.</summary>
    /// <param name="mask">The mask; not changed.</param>
    /// <param name="element">The neighbourhood; rectangles and straight lines cost no more when they grow.</param>
    /// <param name="iterations">How often each erosion and dilation is repeated, at least 1.</param>
    /// <returns>A new mask.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="iterations"/> is not positive.</exception>
    public static BinaryMask Apply(BinaryMask mask, StructuringElement element, int iterations = 1) =>
        Erosion.Repeated(mask, element, iterations, isErosion: false);
}
