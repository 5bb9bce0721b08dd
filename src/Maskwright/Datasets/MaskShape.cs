using Maskwright.Geometry;
using Maskwright.Masks;
using Maskwright.Metrics;

namespace Maskwright.Datasets;

/// <summary>An object given by its pixels.</summary>
/// <param name="Mask">The mask, at the image's size.</param>
public sealed record MaskShape(RunLengthMask Mask) : ObjectShape
{
    /// <inheritdoc/>
    public override ObjectBox Bounds => ObjectBox.Around(Mask.Bounds);

    /// <inheritdoc/>
    public override RunLengthMask ToMask(ImageSize size) => Mask.Size == size
        ? Mask
        : throw new ArgumentException($"The mask is {Mask.Size}, but its image is {size}.", nameof(size));

    /// <inheritdoc/>
    public override PolygonShape ToPolygons(ImageSize size) => OutlinePolygons.Of(ToMask(size));
}
