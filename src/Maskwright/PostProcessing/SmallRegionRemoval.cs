using Maskwright.Masks;

namespace Maskwright.PostProcessing;

/// <summary>Removes small regions from masks: fills the small ones outside, takes away the small ones inside.</summary>
/// <remarks>
/// segment-anything <c>remove_small_regions</c> at dca509f, with its meaning of a change: a small region was found, even where the same pixels result.
/// A region outside counts as a hole wherever it lies, at the image's border too. Neighbours share a side or a corner.
/// </remarks>
public static class SmallRegionRemoval
{
    /// <summary>Fills regions outside the mask.</summary>
    /// <param name="mask">The mask; not changed.</param>
    /// <param name="minAreaPixels">Regions of fewer pixels are filled.</param>
    /// <returns>The mask without small holes, and whether there were any.</returns>
    public static (BinaryMask Mask, bool IsChanged) FillHoles(BinaryMask mask, int minAreaPixels)
    {
        ArgumentNullException.ThrowIfNull(mask);
        var outside = ConnectedComponents.Of(MaskComplement.Of(mask));
        return outside.Components.Any(region => region.Area < minAreaPixels)
            ? (MaskComplement.Of(outside.Draw(region => region.Area >= minAreaPixels)), true)
            : (mask, false);
    }

    /// <summary>Takes away regions inside the mask; where all are small, the largest stays, the first of equals.</summary>
    /// <param name="mask">The mask; not changed.</param>
    /// <param name="minAreaPixels">Regions of fewer pixels are taken away.</param>
    /// <returns>The mask without small islands, and whether there were any.</returns>
    public static (BinaryMask Mask, bool IsChanged) RemoveIslands(BinaryMask mask, int minAreaPixels)
    {
        ArgumentNullException.ThrowIfNull(mask);
        var inside = ConnectedComponents.Of(mask);
        if (!inside.Components.Any(region => region.Area < minAreaPixels))
        {
            return (mask, false);
        }

        var largest = inside.Components.MaxBy(region => region.Area);
        return (inside.Draw(region => region.Area >= minAreaPixels || region == largest), true);
    }
}
