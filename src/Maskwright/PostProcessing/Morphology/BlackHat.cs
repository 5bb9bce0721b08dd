using Maskwright.Masks;

namespace Maskwright.PostProcessing;

/// <summary>What a closing fills: narrow gaps and small holes.</summary>
/// <remarks>OpenCV 4.6 <c>MORPH_BLACKHAT</c> with its border. See <see cref="Closing"/> for elements without point symmetry.</remarks>
public static class BlackHat
{
    /// <summary>Applies the operation.</summary>
    /// <param name="mask">The mask; not changed.</param>
    /// <param name="element">The neighbourhood; rectangles and straight lines cost no more when they grow.</param>
    /// <param name="iterations">How often each erosion and dilation is repeated, at least 1.</param>
    /// <returns>A new mask.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="iterations"/> is not positive.</exception>
    public static BinaryMask Apply(BinaryMask mask, StructuringElement element, int iterations = 1) =>
        MaskDifference.Of(Closing.Apply(mask, element, iterations), mask);
}
