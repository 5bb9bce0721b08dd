using Maskwright.Masks;

namespace Maskwright.PostProcessing;

/// <summary>The band around a border: what dilation has and erosion has not.</summary>
/// <remarks>OpenCV 4.6 <c>MORPH_GRADIENT</c> with its border. As thick as the element on both sides together.</remarks>
public static class MorphologicalGradient
{
    /// <summary>Applies the operation.</summary>
    /// <param name="mask">The mask; not changed.</param>
    /// <param name="element">The neighbourhood; rectangles and straight lines cost no more when they grow.</param>
    /// <param name="iterations">How often each erosion and dilation is repeated, at least 1.</param>
    /// <returns>A new mask.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="iterations"/> is not positive.</exception>
    public static BinaryMask Apply(BinaryMask mask, StructuringElement element, int iterations = 1) =>
        MaskDifference.Of(Dilation.Apply(mask, element, iterations), Erosion.Apply(mask, element, iterations));
}
