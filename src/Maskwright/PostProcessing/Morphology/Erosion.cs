using Maskwright.Masks;

namespace Maskwright.PostProcessing;

/// <summary>Shrinks a mask: a pixel stays where the element, laid on it, covers set pixels only.</summary>
/// <remarks>OpenCV 4.6 <c>erode</c> with its border. Pixels outside the image count as set.</remarks>
public static class Erosion
{
    /// <summary>Applies the operation.</summary>
    /// <param name="mask">The mask; not changed.</param>
    /// <param name="element">The neighbourhood; rectangles and straight lines cost no more when they grow.</param>
    /// <param name="iterations">How often each erosion and dilation is repeated, at least 1.</param>
    /// <returns>A new mask.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="iterations"/> is not positive.</exception>
    public static BinaryMask Apply(BinaryMask mask, StructuringElement element, int iterations = 1) =>
        Repeated(mask, element, iterations, isErosion: true);

    internal static BinaryMask Repeated(BinaryMask mask, StructuringElement element, int iterations, bool isErosion)
    {
        ArgumentNullException.ThrowIfNull(mask);
        ArgumentNullException.ThrowIfNull(element);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(iterations);
        for (var i = 0; i < iterations; i++)
        {
            mask = BitDilation.Apply(mask, element, isErosion);
        }

        return mask;
    }
}
