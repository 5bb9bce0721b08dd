using Maskwright.Training.Augmentation;

namespace Maskwright.Training.Data;

/// <summary>What a crop shows of a photo.</summary>
/// <param name="Placement">Where its pixels lie.</param>
/// <param name="Side">S, its side in pixels.</param>
/// <param name="Field">How they are shifted on the way; null for not at all.</param>
/// <param name="IsMirrored">Whether the photo goes on beyond its border as its mirror image rather than in the mean colour.</param>
internal readonly record struct CropView(CropPlacement Placement, int Side, ElasticField? Field, bool IsMirrored)
{
    /// <summary>The photo position of a place in a pixel of the crop.</summary>
    /// <param name="x">The pixel's column.</param>
    /// <param name="y">Its row.</param>
    /// <param name="right">How far right in the pixel, 0 to 1.</param>
    /// <param name="down">How far down in it.</param>
    public (double X, double Y) ToPhoto(int x, int y, double right, double down)
    {
        var (shiftX, shiftY) = Field?.At(x, y) ?? (0, 0);
        return Placement.ToPhoto(x + shiftX + right, y + shiftY + down);
    }
}
