using System.Text.Json;
using Maskwright.Datasets;
using Maskwright.Formats.Datasets;
using Maskwright.Masks;
using Maskwright.Metrics;

namespace Maskwright.Formats.Coco;

/// <summary>A shape in the form in which COCO's JSON holds it: polygons without holes, run lengths, or nothing but a box.</summary>
internal sealed class CocoWrittenShape
{
    private readonly PolygonShape? _polygons;
    private readonly RunLengthMask? _mask;
    private readonly bool _isCompressed;

    private readonly Func<double> _area;

    private CocoWrittenShape(ObjectBox box, Func<double> area, PolygonShape? polygons, RunLengthMask? mask, bool isCompressed)
    {
        (Box, _area, _polygons, _mask, _isCompressed) = (box, area, polygons, mask, isCompressed);
    }

    /// <summary>The box around the shape.</summary>
    public ObjectBox Box { get; }

    /// <summary>Its pixels, counted when asked for.</summary>
    public double Area => _area();

    /// <summary>Chooses the form of an object, and counts what is lost by it.</summary>
    public static CocoWrittenShape Of(AnnotatedImage image, int index, DatasetWriteOptions options, LossTally tally)
    {
        var shape = image.Objects[index].Shape;
        if (shape is BoxShape { Box: var box })
        {
            return new CocoWrittenShape(box, () => box.Area, null, null, false);
        }

        if (options.Shapes == ShapeEncoding.Polygons)
        {
            return FromPolygons(WrittenPolygons.WithoutHoles(image, index, options, tally), image);
        }

        if (options.Shapes == ShapeEncoding.AsGiven && shape is PolygonShape { HasHoles: false, Parts.Count: > 0 } polygons)
        {
            return FromPolygons(polygons, image);
        }

        tally.Add(LossKind.PolygonsRasterised, image, index, shape is PolygonShape { Parts.Count: > 0 } ? 1 : 0);
        var mask = shape.ToMask(image.Size);
        return new CocoWrittenShape(ObjectBox.Around(mask.Bounds), () => mask.Area, null, mask, options.Shapes != ShapeEncoding.UncompressedRunLengths);
    }

    /// <summary>Writes the field <c>segmentation</c>; nothing for a box.</summary>
    public void WriteSegmentation(Utf8JsonWriter json)
    {
        if (_polygons is not null)
        {
            WritePolygons(json, _polygons);
        }
        else if (_mask is not null && _isCompressed)
        {
            CocoJson.WriteSegmentation(json, _mask);
        }
        else if (_mask is not null)
        {
            WriteCounts(json, _mask);
        }
    }

    private static CocoWrittenShape FromPolygons(PolygonShape polygons, AnnotatedImage image) =>
        new(polygons.Bounds, () => polygons.ToMask(image.Size).Area, polygons, null, false);

    private static void WritePolygons(Utf8JsonWriter json, PolygonShape polygons)
    {
        json.WriteStartArray("segmentation");
        foreach (var part in polygons.Parts)
        {
            json.WriteStartArray();
            foreach (var corner in part.Outer)
            {
                json.WriteNumberValue(corner.X);
                json.WriteNumberValue(corner.Y);
            }

            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private static void WriteCounts(Utf8JsonWriter json, RunLengthMask mask)
    {
        json.WriteStartObject("segmentation");
        CocoJson.WriteIntegers(json, "size", mask.Size.Height, mask.Size.Width);
        json.WriteStartArray("counts");
        foreach (var count in mask.Counts)
        {
            json.WriteNumberValue(count);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
