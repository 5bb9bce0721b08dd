using Maskwright.Datasets;
using Maskwright.Geometry;
using Maskwright.PostProcessing;

namespace Maskwright.Formats.Datasets;

/// <summary>Objects as polygons, for writers of polygon formats; counts what is lost on the way.</summary>
internal static class WrittenPolygons
{
    /// <summary>The object as polygons with holes: as they were read, or the outline of its mask, simplified as far as the options allow.</summary>
    public static PolygonShape Of(AnnotatedImage image, int index, DatasetWriteOptions options, LossTally tally)
    {
        var shape = image.Objects[index].Shape;
        var polygons = shape.ToPolygons(image.Size);
        tally.Add(LossKind.BoxesFilled, image, index, shape is BoxShape ? 1 : 0);
        if (shape is not MaskShape)
        {
            return polygons;
        }

        tally.Add(LossKind.MasksOutlined, image, index);
        if (options.SimplifyTolerancePixels > 0 && polygons.Parts.Count > 0)
        {
            polygons = Simplified(polygons, options.SimplifyTolerancePixels);
        }

        tally.Compare(image, index, polygons.ToMask(image.Size));
        return polygons;
    }

    /// <summary>The object as polygons whose holes are filled.</summary>
    public static PolygonShape WithoutHoles(AnnotatedImage image, int index, DatasetWriteOptions options, LossTally tally)
    {
        var polygons = Of(image, index, options, tally);
        if (!polygons.HasHoles)
        {
            return polygons;
        }

        tally.Add(LossKind.HolesDropped, image, index, polygons.HoleCount);
        var filled = polygons.WithoutHoles();
        tally.Compare(image, index, filled.ToMask(image.Size));
        return filled;
    }

    private static PolygonShape Simplified(PolygonShape polygons, double tolerancePixels)
    {
        var rings = polygons.Parts.SelectMany(part => part.Rings).Select(ring => ring.ToArray()).ToList();
        var simple = new Queue<PixelPoint[]>(PolygonSimplification.DouglasPeucker(rings, tolerancePixels));
        return new PolygonShape([.. polygons.Parts.Select(part => new PolygonPart(simple.Dequeue()) { Holes = [.. part.Holes.Select(_ => simple.Dequeue())] })]);
    }
}
