namespace Maskwright.Geometry;

/// <summary>A position in an image; x grows to the right, y grows down, (0, 0) is the corner of the top-left pixel.</summary>
/// <param name="X">Pixels from the left edge; may lie between pixels.</param>
/// <param name="Y">Pixels from the top edge; may lie between pixels.</param>
public readonly record struct PixelPoint(double X, double Y)
{
    /// <summary>Whether both coordinates are finite numbers.</summary>
    public bool IsFinite => double.IsFinite(X) && double.IsFinite(Y);
}
