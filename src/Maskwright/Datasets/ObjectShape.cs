using Maskwright.Geometry;
using Maskwright.Masks;
using Maskwright.Metrics;

namespace Maskwright.Datasets;

/// <summary>Where an object lies: <see cref="PolygonShape"/>, <see cref="MaskShape"/> or <see cref="BoxShape"/>.</summary>
/// <remarks>
/// All positions are in pixels of the original image, x to the right, y down. (0, 0) is the outer corner of the top-left pixel, (W, H) that of the
/// last one; the centre of the top-left pixel is (0.5, 0.5). A polygon through (0,0) (2,0) (2,1) (0,1) holds exactly the first two pixels of the
/// first row. Readers of formats whose numbers mean pixel centres or inclusive maxima add the half pixel or the one; writers take it away again.
/// </remarks>
public abstract record ObjectShape
{
    private protected ObjectShape()
    {
    }

    /// <summary>The box around everything that was drawn, also outside the image; of no extent at (0, 0) for an empty mask.</summary>
    public abstract ObjectBox Bounds { get; }

    /// <summary>The pixels of the object.</summary>
    /// <param name="size">The image's size.</param>
    /// <returns>A mask of that size; what lies outside the image is cut off.</returns>
    /// <exception cref="ArgumentException">A mask has another size, or a polygon cannot be filled.</exception>
    public abstract RunLengthMask ToMask(ImageSize size);

    /// <summary>The object as polygons with holes.</summary>
    /// <param name="size">The image's size.</param>
    /// <returns>Itself when it is polygons; the four corners of a box; the exact outline along pixel edges of a mask, which fills to the same mask.</returns>
    /// <exception cref="ArgumentException">A mask has another size.</exception>
    public abstract PolygonShape ToPolygons(ImageSize size);
}
