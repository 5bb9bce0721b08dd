using Maskwright.Geometry;
using Maskwright.Masks;
using Maskwright.Metrics;

namespace Maskwright.Datasets;

/// <summary>An object of which only the upright box is known.</summary>
/// <param name="Box">The box, between pixels: left, top, width, height.</param>
public sealed record BoxShape(ObjectBox Box) : ObjectShape
{
    /// <inheritdoc/>
    public override ObjectBox Bounds => Box;

    /// <inheritdoc/>
    /// <remarks>Fills the box as pycocotools does.</remarks>
    public override RunLengthMask ToMask(ImageSize size) =>
        PolygonRasteriser.FillBox(size, new PixelBox(Box.X, Box.Y, Box.X + Box.Width, Box.Y + Box.Height));

    /// <inheritdoc/>
    public override PolygonShape ToPolygons(ImageSize size)
    {
        var (right, bottom) = (Box.X + Box.Width, Box.Y + Box.Height);
        return PolygonShape.FromNumbers([[Box.X, Box.Y, right, Box.Y, right, bottom, Box.X, bottom]]);
    }
}
