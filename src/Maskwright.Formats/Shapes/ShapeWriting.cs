using Maskwright.Datasets;
using Maskwright.Formats.Datasets;
using Maskwright.Geometry;
using Maskwright.Masks;

namespace Maskwright.Formats.Shapes;

/// <summary>Turns the shapes of one image into what a format can say, and counts what that costs.</summary>
internal sealed class ShapeWriting(AnnotatedImage image, DatasetWriteOptions options, LossTally tally)
{
    /// <summary>The image.</summary>
    public AnnotatedImage Image => image;

    /// <summary>An object as polygons, for a format that knows holes and parts.</summary>
    public PolygonShape Polygons(int index) => WrittenPolygons.Of(image, index, options, tally);

    /// <summary>An object as pixels; those outside the image are gone.</summary>
    public RunLengthMask Mask(int index)
    {
        var shape = image.Objects[index].Shape;
        if (shape is not MaskShape)
        {
            tally.Add(shape is PolygonShape ? LossKind.PolygonsRasterised : LossKind.BoxesFilled, image, index);
        }

        var mask = shape.ToMask(image.Size);
        if (shape is not MaskShape)
        {
            tally.Compare(image, index, mask);
        }

        return mask;
    }

    /// <summary>An object as one outline without holes: holes and parts are tied to it by lines there and back, which enclose nothing.</summary>
    /// <returns>The corners; fewer than three for an empty object.</returns>
    public IReadOnlyList<PixelPoint> Outline(int index)
    {
        var polygons = Polygons(index);
        if (polygons.Parts is [{ Holes.Count: 0 } only])
        {
            return only.Outer;
        }

        var outline = OutlineJoining.Join(polygons);
        if (outline.Count >= 3)
        {
            tally.Add(LossKind.PartsMerged, image, index);
            tally.Compare(image, index, PolygonRasteriser.Fill(image.Size, PolygonPart.ToNumbers(outline)));
        }

        return outline;
    }
}
