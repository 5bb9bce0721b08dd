using Maskwright.Datasets;
using Maskwright.Formats.Datasets;
using Maskwright.Formats.Json;

namespace Maskwright.Formats.Coco;

/// <summary>Reads COCO's results, one JSON list of masks or boxes with scores.</summary>
/// <remarks>
/// With <see cref="DatasetReadOptions.GroundTruthPath"/> the images and categories are those of that file, in its order. Without it the images are those
/// that results name, without file names and at the size of their masks, and categories are named by their numbers.
/// </remarks>
public sealed class CocoResultsReader : IDatasetReader
{
    /// <inheritdoc/>
    public string FormatName => "coco-results";

    /// <inheritdoc/>
    public string Description => "COCO results, a JSON list of masks or boxes with scores";

    /// <inheritdoc/>
    public bool Recognises(string path)
    {
        var outline = JsonOutline.Of(path);
        return outline.IsList && outline.HasField(string.Empty, "image_id") && outline.HasField(string.Empty, "score")
            && (outline.HasField(string.Empty, "segmentation") || outline.HasField(string.Empty, "bbox"));
    }

    /// <inheritdoc/>
    public AnnotatedDataset Open(string path, DatasetReadOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        options ??= DatasetReadOptions.Default;
        var results = CocoFileIndex.ReadResults(path, options, cancellationToken);
        if (options.GroundTruthPath is null)
        {
            var alone = Images(results, results, options, cancellationToken);
            return new AnnotatedDataset([.. results.Categories.Values.OrderBy(category => category.Id)], alone.ReadWithoutImages())
            {
                ImageCount = results.Annotations.ImageIds.Count(),
                ImageFolder = options.ImageFolder,
            };
        }

        var truth = CocoFileIndex.Read(options.GroundTruthPath, options, hasObjectIds: true, cancellationToken);
        CheckImages(truth, results, options);
        return CocoInstancesReader.Dataset(truth, Images(truth, results, options, cancellationToken).Read(), options);
    }

    private static CocoImages Images(CocoFileIndex truth, CocoFileIndex results, DatasetReadOptions options, CancellationToken cancellationToken) =>
        new(truth, results, options, cancellationToken)
        {
            ListName = "results",
            Check = result => _ = result.Score ?? throw new FormatException("'score' is missing"),
        };

    private static void CheckImages(CocoFileIndex truth, CocoFileIndex results, DatasetReadOptions options)
    {
        foreach (var imageId in results.Annotations.ImageIds.Where(id => !truth.Images.ContainsKey(id)))
        {
            foreach (var position in results.Annotations.Of(imageId))
            {
                options.Handle(results.Places.Fault(
                    results.Annotations[position].Offset,
                    $"entry {position} of 'results': 'image_id' is {imageId}, but the ground truth has no such image"));
            }
        }
    }
}
