using Maskwright.Masks;

namespace Maskwright.PostProcessing;

/// <summary>What an opening takes away: thin and small parts.</summary>
/// <remarks>OpenCV 4.6 <c>MORPH_TOPHAT</c> with its border. See <see cref="Opening"/> for elements without point symmetry.</remarks>
public static class TopHat
{
    /// <summary>Applies the operation.</summary>
    /// <param name="mask">The mask; not changed.</param>
    /// <param name="element">The neighbourhood; rectangles and straight lines cost no more when they grow.</param>
    /// <param name="iterations">How often each erosion and dilation is repeated, at least 1.</param>
    /// <returns>A new mask.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="iterations"/> is not positive.</exception>
    public static BinaryMask Apply(BinaryMask mask, StructuringElement element, int iterations = 1) =>
        MaskDifference.Of(mask, Opening.Apply(mask, element, iterations));
}
