using Maskwright.Datasets;
using Maskwright.Formats.Datasets;
using Maskwright.Formats.Json;

namespace Maskwright.Formats.Coco;

/// <summary>Reads files of the SA-1B data set, one JSON file an image: a single file, or all of a folder in the order of their names.</summary>
/// <remarks>
/// There are no categories: every object is <see cref="DatasetCategory.Unlabelled"/>. The score is <c>predicted_iou</c>; <c>stability_score</c>,
/// <c>point_coords</c> and <c>crop_box</c> are attributes. A box that is only the mask's, one column and one row short as segment-anything counts, is not kept.
/// </remarks>
public sealed class Sa1bReader : IDatasetReader
{
    /// <inheritdoc/>
    public string FormatName => "sa1b";

    /// <inheritdoc/>
    public string Description => "SA-1B, a JSON file an image or a folder of them";

    /// <inheritdoc/>
    public bool Recognises(string path)
    {
        var first = Directory.Exists(path) ? Files(path).FirstOrDefault() : path;
        if (first is null)
        {
            return false;
        }

        var outline = JsonOutline.Of(first);
        return outline.IsObject && outline.Has("image", "annotations") && outline.HasField("image", "width") && !outline.Has("images");
    }

    /// <inheritdoc/>
    public AnnotatedDataset Open(string path, DatasetReadOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        options ??= DatasetReadOptions.Default;
        string[] files = Directory.Exists(path) ? Files(path) : [path];
        if (files.Length == 0)
        {
            throw new FileNotFoundException($"{path}: there is no JSON file in this folder", path);
        }

        return new AnnotatedDataset([DatasetCategory.Unlabelled], Images(files, options, cancellationToken))
        {
            ImageCount = files.Length,
            ImageFolder = options.ImageFolder ?? (Directory.Exists(path) ? path : Path.GetDirectoryName(Path.GetFullPath(path))),
        };
    }

    private static string[] Files(string folder)
    {
        var files = Directory.GetFiles(folder, "*.json");
        Array.Sort(files, StringComparer.Ordinal);
        return files;
    }

    private static IEnumerable<AnnotatedImage> Images(string[] files, DatasetReadOptions options, CancellationToken cancellationToken)
    {
        var imageIds = new IdSet();
        var objectIds = new IdSet();
        foreach (var file in files)
        {
            cancellationToken.ThrowIfCancellationRequested();
            AnnotatedImage? image = null;
            try
            {
                image = new Sa1bFile(file, options, objectIds).Read(cancellationToken);
                image = image.Id is { } id && !imageIds.Add(id) ? throw new InvalidAnnotationException(file, null, $"the image id {id} stands in another file as well") : image;
            }
            catch (InvalidAnnotationException e) when (options.KeepsGoing)
            {
                image = null;
                options.Handle(e);
            }

            if (image is not null)
            {
                yield return image;
            }
        }
    }
}
