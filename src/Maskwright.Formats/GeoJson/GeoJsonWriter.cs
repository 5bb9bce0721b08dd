using System.Text.Json;
using Maskwright.Datasets;
using Maskwright.Formats.Coco;
using Maskwright.Formats.Datasets;
using Maskwright.Formats.Folders;
using Maskwright.Formats.Json;
using Maskwright.Formats.Shapes;
using Maskwright.Geometry;

namespace Maskwright.Formats.GeoJson;

/// <summary>Writes GeoJSON in the frame of pixels: a folder with a feature collection for each image.</summary>
/// <remarks>
/// RFC 7946 but for its frame: x to the right and y down in pixels; whoever shows the file with y up sees it upside down. Members and properties as in
/// <see cref="GeoJsonReader"/>. Masks become their outlines along pixel edges, which fill to the same masks; a box is a polygon with the property <c>shape</c> <c>box</c>.
/// Rings keep the direction they have.
/// </remarks>
public sealed class GeoJsonWriter : IDatasetWriter
{
    /// <inheritdoc/>
    public string FormatName => "geojson";

    /// <inheritdoc/>
    public string Description => "GeoJSON in pixels: a folder of .geojson files, one an image";

    /// <inheritdoc/>
    public DatasetFeatures Features =>
        DatasetFeatures.ExactVertices | DatasetFeatures.ExactHoleVertices | DatasetFeatures.ExactPixels | DatasetFeatures.Holes | DatasetFeatures.Parts | DatasetFeatures.Overlap
        | DatasetFeatures.BoxShapes | DatasetFeatures.Boxes | DatasetFeatures.Areas | DatasetFeatures.Crowds | DatasetFeatures.IgnoreFlags | DatasetFeatures.Scores | DatasetFeatures.ObjectIds
        | DatasetFeatures.Groups | DatasetFeatures.Tracks | DatasetFeatures.Attributes | DatasetFeatures.TypedAttributes | DatasetFeatures.Categories | DatasetFeatures.CategoryIds
        | DatasetFeatures.Supercategories | DatasetFeatures.Stuff | DatasetFeatures.Colours | DatasetFeatures.CategoryAttributes | DatasetFeatures.UnusedCategories | DatasetFeatures.ImageIds | DatasetFeatures.FileNames | DatasetFeatures.SeveralImages | DatasetFeatures.EmptyImages
        | DatasetFeatures.ImageAttributes | DatasetFeatures.Splits | DatasetFeatures.EmptyObjects;

    /// <inheritdoc/>
    public bool WritesFolder => true;

    /// <inheritdoc/>
    public LossReport Write(AnnotatedDataset dataset, string path, DatasetWriteOptions? options = null, CancellationToken cancellationToken = default) =>
        FileEachImage.Write(dataset, path, ".geojson", Features, options, WriteImage, cancellationToken);

    private static void WriteImage(Stream stream, AnnotatedImage image, IReadOnlyList<DatasetCategory> categories, DatasetWriteOptions options, LossTally tally)
    {
        using var json = CocoJson.Writer(stream);
        json.WriteStartObject();
        json.WriteString("type", "FeatureCollection");
        ImageCard.Write(json, image, categories);
        json.WriteStartArray("features");
        var shapes = new ShapeWriting(image, options, tally);
        for (var i = 0; i < image.Objects.Count; i++)
        {
            WriteFeature(json, shapes, i);
            CocoJson.FlushSometimes(json);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteFeature(Utf8JsonWriter json, ShapeWriting shapes, int index)
    {
        var item = shapes.Image.Objects[index];
        json.WriteStartObject();
        json.WriteString("type", "Feature");
        if (item.Id is { } id)
        {
            json.WriteNumber("id", id);
        }

        WriteGeometry(json, item.Shape is BoxShape box ? box.ToPolygons(shapes.Image.Size) : shapes.Polygons(index));
        json.WriteStartObject("properties");
        ObjectCard.Write(json, item with { Id = null });
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteGeometry(Utf8JsonWriter json, PolygonShape shape)
    {
        json.WriteStartObject("geometry");
        json.WriteString("type", shape.Parts.Count == 1 ? "Polygon" : "MultiPolygon");
        json.WriteStartArray("coordinates");
        foreach (var part in shape.Parts)
        {
            if (shape.Parts.Count > 1)
            {
                json.WriteStartArray();
            }

            foreach (var ring in part.Rings)
            {
                WriteRing(json, ring);
            }

            if (shape.Parts.Count > 1)
            {
                json.WriteEndArray();
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteRing(Utf8JsonWriter json, IReadOnlyList<PixelPoint> ring)
    {
        json.WriteStartArray();
        foreach (var corner in ring.Append(ring[0]))
        {
            json.WriteStartArray();
            json.WriteNumberValue(corner.X);
            json.WriteNumberValue(corner.Y);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }
}
