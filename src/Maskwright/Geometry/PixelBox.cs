namespace Maskwright.Geometry;

/// <summary>A box between pixels, as a person draws it: half-open, <c>[X0, X1) x [Y0, Y1)</c>.</summary>
/// <param name="X0">Left edge, in pixels.</param>
/// <param name="Y0">Top edge, in pixels.</param>
/// <param name="X1">Right edge, exclusive, in pixels.</param>
/// <param name="Y1">Bottom edge, exclusive, in pixels.</param>
public readonly record struct PixelBox(double X0, double Y0, double X1, double Y1)
{
    /// <summary>Pixels across; negative for a box whose edges are swapped.</summary>
    public double Width => X1 - X0;

    /// <summary>Pixels down; negative for a box whose edges are swapped.</summary>
    public double Height => Y1 - Y0;

    /// <summary>Whether all four edges are finite numbers.</summary>
    public bool IsFinite => double.IsFinite(X0) && double.IsFinite(Y0) && double.IsFinite(X1) && double.IsFinite(Y1);
}
