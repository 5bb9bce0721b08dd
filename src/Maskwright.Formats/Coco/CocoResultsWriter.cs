using System.Text.Json;
using Maskwright.Datasets;
using Maskwright.Formats.Datasets;

namespace Maskwright.Formats.Coco;

/// <summary>Writes COCO's results, one JSON list of masks as compressed run lengths, or boxes, with scores.</summary>
/// <remarks>
/// Ids of images and categories are kept, since they tie the results to their ground truth; images without one are numbered as they come. An object's score is
/// its own, else its attribute <c>predicted_iou</c>; one without either gets 1, which is counted.
/// </remarks>
public sealed class CocoResultsWriter : IDatasetWriter
{
    /// <inheritdoc/>
    public string FormatName => "coco-results";

    /// <inheritdoc/>
    public string Description => "COCO results, a JSON list of masks or boxes with scores";

    /// <inheritdoc/>
    public DatasetFeatures Features =>
        DatasetFeatures.ExactPixels | DatasetFeatures.Holes | DatasetFeatures.Parts | DatasetFeatures.Overlap | DatasetFeatures.Boxes
        | DatasetFeatures.Scores | DatasetFeatures.CategoryIds | DatasetFeatures.ImageIds | DatasetFeatures.SeveralImages | DatasetFeatures.EmptyObjects;

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
        AtomicFile.Write(path, stream => Write(dataset, stream, options with { Shapes = ShapeEncoding.RunLengths }, tally, cancellationToken));
        return tally.ToReport();
    }

    private static void Write(AnnotatedDataset dataset, Stream stream, DatasetWriteOptions options, LossTally tally, CancellationToken cancellationToken)
    {
        var ids = new IdAssignment();
        using var json = CocoJson.Writer(stream);
        json.WriteStartArray();
        foreach (var image in dataset.Images)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var imageId = ids.Assign(image.Id, out var isKept);
            tally.Add(LossKind.ImageIdsDropped, image, -1, isKept ? 0 : 1);
            tally.Add(image);
            if (image.Objects.Count == 0)
            {
                tally.Drop(image);
            }

            for (var i = 0; i < image.Objects.Count; i++)
            {
                WriteResult(json, image, i, imageId, CocoWrittenShape.Of(image, i, options, tally), tally);
            }
        }

        json.WriteEndArray();
    }

    private static void WriteResult(Utf8JsonWriter json, AnnotatedImage image, int index, long imageId, CocoWrittenShape shape, LossTally tally)
    {
        var item = image.Objects[index];
        json.WriteStartObject();
        json.WriteNumber("image_id", imageId);
        json.WriteNumber("category_id", item.Category.Id);
        shape.WriteSegmentation(json);
        if (item.Box is not null || item.Shape is BoxShape)
        {
            CocoObjectJson.WriteBox(json, item.Box ?? shape.Box);
        }

        var score = item.Confidence;
        tally.Add(LossKind.ScoresMadeUp, image, index, score is null ? 1 : 0);
        CocoJson.WriteScore(json, "score", score ?? 1);
        json.WriteEndObject();
        CocoJson.FlushSometimes(json);
    }
}
