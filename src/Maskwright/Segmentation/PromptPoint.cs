using Maskwright.Geometry;

namespace Maskwright.Segmentation;

/// <summary>A click: a position that belongs to the object, or one that does not.</summary>
/// <param name="X">Original image pixels from the left edge.</param>
/// <param name="Y">Original image pixels from the top edge.</param>
/// <param name="IsPositive">True when the position belongs to the object.</param>
public readonly record struct PromptPoint(double X, double Y, bool IsPositive = true)
{
    /// <summary>The middle of the pixel that was clicked, in original image pixels: what a click speaks of, wherever in the pixel it lies.</summary>
    public PixelPoint PixelMiddle() => new(Math.Floor(X) + 0.5, Math.Floor(Y) + 0.5);
}
