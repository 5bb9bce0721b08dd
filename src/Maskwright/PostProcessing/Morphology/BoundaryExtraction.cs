using Maskwright.Masks;

namespace Maskwright.PostProcessing;

/// <summary>The pixels along a mask's border.</summary>
/// <remarks>
/// With width 1: scikit-image 0.19 <c>find_boundaries</c> (inner, outer, thick). With Inner, Eight and ImageBorderCounts: <c>mask_to_boundary</c> of
/// boundary IoU, Cheng et al. 2021.
/// </remarks>
public static class BoundaryExtraction
{
    /// <summary>Takes the boundary out of a mask.</summary>
    /// <param name="mask">The mask; not changed.</param>
    /// <param name="options">Which pixels; null means the defaults.</param>
    /// <returns>A new mask.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The width is not positive.</exception>
    public static BinaryMask Of(BinaryMask mask, BoundaryExtractionOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(mask);
        options ??= new BoundaryExtractionOptions();
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.WidthPixels, nameof(options));
        var element = options.Neighbours == Connectivity.Eight ? StructuringElement.Rectangle(3, 3) : StructuringElement.Cross(3, 3);
        var outer = options.Side == BoundarySide.Inner ? mask : Dilation.Apply(mask, element, options.WidthPixels);
        var inner = options.Side == BoundarySide.Outer ? mask : Erosion.Apply(mask, element, options.WidthPixels);
        if (options.ImageBorderCounts && options.Side != BoundarySide.Outer)
        {
            ClearFrame(inner, options.WidthPixels);
        }

        return MaskDifference.Of(outer, inner);
    }

    private static void ClearFrame(BinaryMask mask, int width)
    {
        var kept = new BinaryMask(mask.Size);
        for (var y = width; y < mask.Height - width && width < mask.Width - width; y++)
        {
            new RowRun(y, width, mask.Width - width).Draw(kept);
        }

        for (var i = 0; i < mask.Words.Length; i++)
        {
            mask.Words[i] &= kept.Words[i];
        }
    }
}
