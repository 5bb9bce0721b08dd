using Maskwright.Geometry;

namespace Maskwright.Networks.MaskRcnn;

/// <summary>A box in 32-bit floats, as the network's arithmetic has it.</summary>
/// <param name="X0">Left edge.</param>
/// <param name="Y0">Top edge.</param>
/// <param name="X1">Right edge.</param>
/// <param name="Y1">Bottom edge.</param>
public readonly record struct RegionBox(float X0, float Y0, float X1, float Y1)
{
    // exp of more would make a side of over 1000/16 times the anchor's.
    private static readonly float s_mostLogScale = (float)Math.Log(1000.0 / 16);

    /// <summary>Right minus left.</summary>
    public float Width => X1 - X0;

    /// <summary>Bottom minus top.</summary>
    public float Height => Y1 - Y0;

    /// <summary>The box moved and scaled as a head says.</summary>
    /// <param name="deltas">Shift of the centre in sides of this box, and logarithms of the new sides over the old.</param>
    /// <remarks>torchvision <c>BoxCoder</c>; the caller has divided by its weights.</remarks>
    internal RegionBox Moved((float X, float Y, float LogWidth, float LogHeight) deltas)
    {
        var (centreX, centreY) = ((deltas.X * Width) + (X0 + (0.5f * Width)), (deltas.Y * Height) + (Y0 + (0.5f * Height)));
        var halfWidth = 0.5f * (MathF.Exp(Math.Min(deltas.LogWidth, s_mostLogScale)) * Width);
        var halfHeight = 0.5f * (MathF.Exp(Math.Min(deltas.LogHeight, s_mostLogScale)) * Height);
        return new RegionBox(centreX - halfWidth, centreY - halfHeight, centreX + halfWidth, centreY + halfHeight);
    }

    /// <summary>What of the box lies in an image.</summary>
    internal RegionBox ClippedTo(ImageSize size) =>
        new(Math.Clamp(X0, 0, size.Width), Math.Clamp(Y0, 0, size.Height), Math.Clamp(X1, 0, size.Width), Math.Clamp(Y1, 0, size.Height));

    /// <summary>The box in another frame.</summary>
    internal RegionBox Scaled(float across, float down) => new(X0 * across, Y0 * down, X1 * across, Y1 * down);

    internal PixelBox ToPixelBox() => new(X0, Y0, X1, Y1);
}
