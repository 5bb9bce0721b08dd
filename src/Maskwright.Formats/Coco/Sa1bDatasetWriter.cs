using System.Text.Json;
using Maskwright.Datasets;
using Maskwright.Formats.Datasets;

namespace Maskwright.Formats.Coco;

/// <summary>Writes a folder of SA-1B files, one JSON file an image, named after it.</summary>
/// <remarks>
/// Masks are compressed run lengths. A box that was not given is the mask's as segment-anything counts it, one column and one row short. The score is written
/// as <c>predicted_iou</c>.
/// </remarks>
public sealed class Sa1bDatasetWriter : IDatasetWriter
{
    /// <inheritdoc/>
    public string FormatName => "sa1b";

    /// <inheritdoc/>
    public string Description => "SA-1B, a folder with a JSON file for every image";

    /// <inheritdoc/>
    public DatasetFeatures Features =>
        DatasetFeatures.ExactPixels | DatasetFeatures.Holes | DatasetFeatures.Parts | DatasetFeatures.Overlap | DatasetFeatures.Boxes | DatasetFeatures.Areas
        | DatasetFeatures.Scores | DatasetFeatures.ObjectIds | DatasetFeatures.Attributes | DatasetFeatures.TypedAttributes | DatasetFeatures.ImageIds
        | DatasetFeatures.FileNames | DatasetFeatures.SeveralImages | DatasetFeatures.EmptyImages | DatasetFeatures.ImageAttributes | DatasetFeatures.EmptyObjects;

    /// <inheritdoc/>
    public bool WritesFolder => true;

    /// <inheritdoc/>
    public LossReport Write(AnnotatedDataset dataset, string path, DatasetWriteOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        options ??= DatasetWriteOptions.Default;
        var tally = new LossTally(Features);
        tally.Start(dataset);
        AtomicFolder.Write(
            path,
            options.Overwrite,
            name => Path.GetExtension(name) == ".json",
            folder => Write(dataset, folder, options with { Shapes = ShapeEncoding.RunLengths }, tally, cancellationToken));
        return tally.ToReport();
    }

    private static void Write(AnnotatedDataset dataset, string folder, DatasetWriteOptions options, LossTally tally, CancellationToken cancellationToken)
    {
        var imageIds = new IdAssignment();
        var objectIds = new IdAssignment();
        foreach (var image in dataset.Images)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var imageId = imageIds.Assign(image.Id, out var isKept);
            tally.Add(LossKind.ImageIdsDropped, image, -1, isKept ? 0 : 1);
            tally.Add(image);
            var stem = Path.GetFileNameWithoutExtension(image.FileName);
            var path = Path.Combine(folder, $"{(stem.Length > 0 ? stem : $"sa_{imageId}")}.json");
            if (File.Exists(path))
            {
                throw new ArgumentException($"Two images would share the file {Path.GetFileName(path)}: the second is {image.FileName}.");
            }

            using var stream = File.Create(path);
            using var json = CocoJson.Writer(stream);
            WriteImage(json, image, imageId, objectIds, options, tally);
        }
    }

    private static void WriteImage(Utf8JsonWriter json, AnnotatedImage image, long imageId, IdAssignment objectIds, DatasetWriteOptions options, LossTally tally)
    {
        json.WriteStartObject();
        json.WriteStartObject("image");
        json.WriteNumber("image_id", imageId);
        json.WriteNumber("width", image.Size.Width);
        json.WriteNumber("height", image.Size.Height);
        json.WriteString("file_name", image.FileName);
        CocoExtraFields.WriteBesideId(json, image.Attributes, Sa1bFile.FieldsOfImage);
        json.WriteEndObject();
        json.WriteStartArray("annotations");
        for (var i = 0; i < image.Objects.Count; i++)
        {
            var id = objectIds.Assign(image.Objects[i].Id, out var isKept);
            tally.Add(LossKind.ObjectIdsDropped, image, i, isKept ? 0 : 1);
            WriteObject(json, image, i, id, tally);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteObject(Utf8JsonWriter json, AnnotatedImage image, int index, long id, LossTally tally)
    {
        var item = image.Objects[index];
        var mask = item.Shape.ToMask(image.Size);
        tally.Add(LossKind.PolygonsRasterised, image, index, item.Shape is PolygonShape ? 1 : 0);
        tally.Add(LossKind.BoxesFilled, image, index, item.Shape is BoxShape ? 1 : 0);
        json.WriteStartObject();
        json.WriteNumber("id", id);
        CocoJson.WriteSegmentation(json, mask);
        json.WriteNumber("area", item.Area ?? mask.Area);
        CocoObjectJson.WriteBox(json, item.Box ?? Sa1bFile.BoxOf(mask));
        if (item.Score is { } score)
        {
            CocoJson.WriteScore(json, "predicted_iou", score);
        }

        CocoExtraFields.WriteOfObject(json, item.Score is null ? item.Attributes : item.Attributes.Without("predicted_iou"));
        json.WriteEndObject();
        CocoJson.FlushSometimes(json);
    }
}
