using Maskwright.Masks;

namespace Maskwright.PostProcessing;

/// <summary>Fills gaps that the element does not fit into: dilation, then erosion.</summary>
/// <remarks>OpenCV 4.6 <c>MORPH_CLOSE</c> with its border. An element without point symmetry moves the mask, since OpenCV does not turn it around between the two.</remarks>
public static class Closing
{
    /// <summary>Applies the operation.</summary>
    /// <param name="mask">The mask; not changed.</param>
    /// <param name="element">The neighbourhood; rectangles and straight lines cost no more when they grow.</param>
    /// <param name="iterations">How often each erosion and dilation is repeated, at least 1.</param>
    /// <returns>A new mask.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="iterations"/> is not positive.</exception>
    public static BinaryMask Apply(BinaryMask mask, StructuringElement element, int iterations = 1) =>
        Erosion.Apply(Dilation.Apply(mask, element, iterations), element, iterations);
}
