using Maskwright.Geometry;

namespace Maskwright.Training.Data;

/// <summary>Where a crop's pixels lie in the photo: an affine map that image and masks share.</summary>
/// <param name="OriginX">Photo column of the crop's top-left corner.</param>
/// <param name="OriginY">Photo row of the crop's top-left corner.</param>
/// <param name="StepXX">Photo columns a crop column.</param>
/// <param name="StepXY">Photo rows a crop column.</param>
/// <param name="StepYX">Photo columns a crop row.</param>
/// <param name="StepYY">Photo rows a crop row.</param>
internal readonly record struct CropPlacement(double OriginX, double OriginY, double StepXX, double StepXY, double StepYX, double StepYY)
{
    /// <summary>The photo position of a crop position.</summary>
    public (double X, double Y) ToPhoto(double x, double y) => (OriginX + (x * StepXX) + (y * StepYX), OriginY + (x * StepXY) + (y * StepYY));

    /// <summary>The larger of the two steps, in photo pixels a crop pixel.</summary>
    public double Step => Math.Max(Math.Sqrt((StepXX * StepXX) + (StepXY * StepXY)), Math.Sqrt((StepYX * StepYX) + (StepYY * StepYY)));

    /// <summary>The same with more around it.</summary>
    /// <param name="margin">Crop pixels on each side.</param>
    public CropPlacement Widened(int margin) => this with { OriginX = OriginX - (margin * (StepXX + StepYX)), OriginY = OriginY - (margin * (StepXY + StepYY)) };

    /// <summary>A crop around a position of the photo.</summary>
    /// <param name="centre">The photo position that the crop's centre shows.</param>
    /// <param name="side">S, the crop's side.</param>
    /// <param name="scaleX">Crop pixels a photo pixel, across.</param>
    /// <param name="scaleY">Crop pixels a photo pixel, down.</param>
    /// <param name="radians">How far the photo is turned.</param>
    /// <param name="isFlipped">Whether left and right change places.</param>
    public static CropPlacement Around(PixelPoint centre, int side, double scaleX, double scaleY, double radians, bool isFlipped)
    {
        var (sin, cos) = Math.SinCos(radians);
        var flip = isFlipped ? -1 : 1;
        var (xx, xy) = (flip * cos / scaleX, flip * sin / scaleY);
        var (yx, yy) = (-sin / scaleX, cos / scaleY);
        var half = side / 2.0;
        return new CropPlacement(centre.X - (half * (xx + yx)), centre.Y - (half * (xy + yy)), xx, xy, yx, yy);
    }
}
