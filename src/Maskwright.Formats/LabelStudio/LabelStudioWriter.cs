using System.Globalization;
using System.Text.Json;
using Maskwright.Datasets;
using Maskwright.Formats.Coco;
using Maskwright.Formats.Datasets;
using Maskwright.Formats.Json;
using Maskwright.Formats.Shapes;
using Maskwright.Geometry;
using Maskwright.Masks;
using Maskwright.Metrics;

namespace Maskwright.Formats.LabelStudio;

/// <summary>Writes Label Studio's JSON: a list of tasks for its import.</summary>
/// <remarks>
/// Objects of an image are one annotation, or one prediction when any of them has a score. Polygons of one part without holes become <c>polygonlabels</c> where
/// percent tell them exactly enough to fill the same pixels, boxes <c>rectanglelabels</c>, everything else <c>brushlabels</c>. The controls are called
/// <c>label</c> and <c>image</c>, as in a labelling configuration with <c>BrushLabels</c>, <c>PolygonLabels</c> and <c>RectangleLabels</c> that share these names. Attributes stand in the
/// regions' <c>meta</c>; width, height and split of an image in the task's <c>data</c>.
/// </remarks>
public sealed class LabelStudioWriter : IDatasetWriter
{
    private static readonly string[] s_ownKeys = ["image", "width", "height", "split"];

    /// <inheritdoc/>
    public string FormatName => "labelstudio";

    /// <inheritdoc/>
    public string Description => "Label Studio: one JSON file of tasks, to import";

    /// <inheritdoc/>
    public DatasetFeatures Features =>
        DatasetFeatures.ExactPixels | DatasetFeatures.Holes | DatasetFeatures.Parts | DatasetFeatures.Overlap | DatasetFeatures.Scores | DatasetFeatures.ObjectIds | DatasetFeatures.Attributes
        | DatasetFeatures.TypedAttributes | DatasetFeatures.Categories | DatasetFeatures.ImageIds | DatasetFeatures.FileNames | DatasetFeatures.SeveralImages
        | DatasetFeatures.EmptyImages | DatasetFeatures.ImageAttributes | DatasetFeatures.Splits | DatasetFeatures.EmptyObjects;

    /// <inheritdoc/>
    public bool WritesFolder => false;

    /// <inheritdoc/>
    public LossReport Write(AnnotatedDataset dataset, string path, DatasetWriteOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        options ??= DatasetWriteOptions.Default;
        OutputPlace.PrepareFile(path, options.Overwrite);
        var tally = new LossTally(Features);
        tally.Start(dataset);
        AtomicFile.Write(path, stream => WriteAll(stream, dataset, options, tally, cancellationToken));
        return tally.ToReport();
    }

    private static void WriteAll(Stream stream, AnnotatedDataset dataset, DatasetWriteOptions options, LossTally tally, CancellationToken cancellationToken)
    {
        using var json = CocoJson.Writer(stream);
        json.WriteStartArray();
        var ids = new IdAssignment();
        foreach (var image in dataset.Images)
        {
            cancellationToken.ThrowIfCancellationRequested();
            WriteTask(json, image, ids, options, tally);
            tally.Add(image);
            CocoJson.FlushSometimes(json);
        }

        json.WriteEndArray();
    }

    private static void WriteTask(Utf8JsonWriter json, AnnotatedImage image, IdAssignment ids, DatasetWriteOptions options, LossTally tally)
    {
        var id = ids.Assign(image.Id, out var isKept);
        tally.Add(LossKind.ImageIdsDropped, image, count: isKept ? 0 : 1);
        json.WriteStartObject();
        json.WriteNumber("id", id);
        json.WriteStartObject("data");
        json.WriteString("image", image.FileName);
        json.WriteNumber("width", image.Size.Width);
        json.WriteNumber("height", image.Size.Height);
        if (image.Split is { } split)
        {
            json.WriteString("split", split);
        }

        var others = image.Attributes.Where(attribute => !s_ownKeys.Contains(attribute.Key)).ToList();
        tally.Add(LossKind.ImageAttributesDropped, image, count: image.Attributes.Count - others.Count);
        JsonAttributes.WriteFields(json, others);
        json.WriteEndObject();
        WriteVersion(json, image, options, tally);
        json.WriteEndObject();
    }

    private static void WriteVersion(Utf8JsonWriter json, AnnotatedImage image, DatasetWriteOptions options, LossTally tally)
    {
        var scores = image.Objects.Select(item => item.Score).OfType<double>().ToList();
        json.WriteStartArray(scores.Count > 0 ? "predictions" : "annotations");
        json.WriteStartObject();
        if (scores.Count > 0)
        {
            json.WriteString("model_version", "maskwright");
        }

        json.WriteStartArray("result");
        var ids = new IdAssignment();
        var shapes = new ShapeWriting(image, options, tally);
        for (var i = 0; i < image.Objects.Count; i++)
        {
            var id = image.Objects[i].Id is { } given ? ids.Assign(given, out var isKept).ToString(CultureInfo.InvariantCulture) : Unnamed(i, out isKept);
            tally.Add(LossKind.ObjectIdsDropped, image, i, isKept ? 0 : 1);
            WriteRegion(json, shapes, i, id, options, tally);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static string Unnamed(int index, out bool isKept)
    {
        isKept = true;
        return string.Create(CultureInfo.InvariantCulture, $"region-{index + 1}");
    }

    private static void WriteRegion(Utf8JsonWriter json, ShapeWriting shapes, int index, string id, DatasetWriteOptions options, LossTally tally)
    {
        var (image, item) = (shapes.Image, shapes.Image.Objects[index]);
        var isBox = item.Shape is BoxShape && options.Shapes == ShapeEncoding.AsGiven;
        var ring = isBox ? [] : Ring(shapes, index, options, tally);
        var type = isBox ? "rectanglelabels" : ring.Count >= 3 ? "polygonlabels" : "brushlabels";
        json.WriteStartObject();
        json.WriteString("id", id);
        json.WriteString("from_name", "label");
        json.WriteString("to_name", "image");
        json.WriteString("type", type);
        json.WriteNumber("original_width", image.Size.Width);
        json.WriteNumber("original_height", image.Size.Height);
        json.WriteNumber("image_rotation", 0);
        json.WriteStartObject("value");
        if (isBox)
        {
            WriteBox(json, image, index, ((BoxShape)item.Shape).Box, tally);
        }
        else if (ring.Count >= 3)
        {
            WritePoints(json, ring, image.Size);
        }
        else
        {
            WriteBrush(json, shapes.Mask(index));
        }

        json.WriteStartArray(type);
        json.WriteStringValue(item.Category.Name);
        json.WriteEndArray();
        json.WriteEndObject();
        WriteRest(json, item);
        json.WriteEndObject();
    }

    private static void WriteRest(Utf8JsonWriter json, AnnotatedObject item)
    {
        if (item.Score is { } score)
        {
            json.WriteNumber("score", score);
        }

        if (item.Attributes.Count > 0)
        {
            json.WriteStartObject("meta");
            JsonAttributes.WriteFields(json, item.Attributes);
            json.WriteEndObject();
        }
    }

    // Empty where the object is to be painted with a brush.
    private static IReadOnlyList<PixelPoint> Ring(ShapeWriting shapes, int index, DatasetWriteOptions options, LossTally tally)
    {
        var (image, size) = (shapes.Image, shapes.Image.Size);
        var isOneRing = image.Objects[index].Shape is PolygonShape { Parts: [{ Holes.Count: 0 }] };
        if (options.Shapes != ShapeEncoding.Polygons && (!isOneRing || options.Shapes != ShapeEncoding.AsGiven))
        {
            return [];
        }

        if (options.Shapes == ShapeEncoding.AsGiven
            && !PolygonRasteriser.Fill(size, PolygonPart.ToNumbers(Reread(((PolygonShape)image.Objects[index].Shape).Parts[0].Outer, size))).Equals(image.Objects[index].Shape.ToMask(size)))
        {
            return [];
        }

        var ring = shapes.Outline(index);
        if (ring.Count >= 3)
        {
            var reread = Reread(ring, size);
            tally.Add(LossKind.CoordinatesRounded, image, index, Rounding.IsSeen(PolygonPart.ToNumbers(ring), PolygonPart.ToNumbers(reread)) ? 1 : 0);
            tally.Compare(image, index, PolygonRasteriser.Fill(size, PolygonPart.ToNumbers(reread)));
        }

        return ring;
    }

    private static PixelPoint[] Reread(IReadOnlyList<PixelPoint> ring, ImageSize size) => [.. ring.Select(corner =>
    {
        var percent = LabelStudioRegion.Percent(corner.X, corner.Y, size);
        return LabelStudioRegion.Pixel(percent.X, percent.Y, size);
    })];

    private static void WritePoints(Utf8JsonWriter json, IReadOnlyList<PixelPoint> ring, ImageSize size)
    {
        json.WriteStartArray("points");
        foreach (var corner in ring)
        {
            var percent = LabelStudioRegion.Percent(corner.X, corner.Y, size);
            json.WriteStartArray();
            json.WriteNumberValue(percent.X);
            json.WriteNumberValue(percent.Y);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteBoolean("closed", true);
    }

    private static void WriteBox(Utf8JsonWriter json, AnnotatedImage image, int index, ObjectBox box, LossTally tally)
    {
        var (corner, extent) = (LabelStudioRegion.Percent(box.X, box.Y, image.Size), LabelStudioRegion.Percent(box.Width, box.Height, image.Size));
        var (first, second) = (LabelStudioRegion.Pixel(corner.X, corner.Y, image.Size), LabelStudioRegion.Pixel(extent.X, extent.Y, image.Size));
        tally.Add(LossKind.CoordinatesRounded, image, index, Rounding.IsSeen([box.X, box.Y, box.Width, box.Height], [first.X, first.Y, second.X, second.Y]) ? 1 : 0);
        json.WriteNumber("x", corner.X);
        json.WriteNumber("y", corner.Y);
        json.WriteNumber("width", extent.X);
        json.WriteNumber("height", extent.Y);
        json.WriteNumber("rotation", 0);
    }

    private static void WriteBrush(Utf8JsonWriter json, RunLengthMask mask)
    {
        json.WriteString("format", "rle");
        json.WriteStartArray("rle");
        foreach (var number in BrushRle.Encode(mask.ToBinaryMask()))
        {
            json.WriteNumberValue(number);
        }

        json.WriteEndArray();
    }
}
