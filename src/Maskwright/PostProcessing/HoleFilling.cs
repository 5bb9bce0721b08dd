using Maskwright.Geometry;
using Maskwright.Masks;

namespace Maskwright.PostProcessing;

/// <summary>Fills holes: regions outside the mask that do not reach the image's border.</summary>
/// <remarks>With holes of any size, the result of scipy's <c>binary_fill_holes</c>.</remarks>
public static class HoleFilling
{
    /// <summary>Fills holes.</summary>
    /// <param name="mask">The mask; not changed.</param>
    /// <param name="options">Which holes; null means all, with the defaults.</param>
    /// <returns>A new mask, or the given one where nothing is filled.</returns>
    public static BinaryMask Fill(BinaryMask mask, HoleFillingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(mask);
        options ??= new HoleFillingOptions();
        var outside = ConnectedComponents.Of(MaskComplement.Of(mask), options.Background);
        bool IsHole(ConnectedComponent region) => !TouchesBorder(region.Bounds, mask.Size) && region.Area <= (options.MaxAreaPixels ?? long.MaxValue);
        return outside.Components.Any(IsHole) ? MaskComplement.Of(outside.Draw(region => !IsHole(region))) : mask;
    }

    private static bool TouchesBorder(PixelRect bounds, ImageSize size) => bounds.X == 0 || bounds.Y == 0 || bounds.Right == size.Width || bounds.Bottom == size.Height;
}
