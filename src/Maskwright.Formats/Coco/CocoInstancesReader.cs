using Maskwright.Datasets;
using Maskwright.Formats.Datasets;
using Maskwright.Formats.Json;

namespace Maskwright.Formats.Coco;

/// <summary>Reads COCO's instances, one JSON file of images, categories and annotations in any order; polygons and run lengths of both kinds.</summary>
/// <remarks>
/// Opening goes through the file once and keeps 16 bytes an annotation; the images then come with their annotations wherever these stand, so a file of
/// any size needs little memory. What the file says beyond COCO's own fields is carried along as attributes.
/// </remarks>
public sealed class CocoInstancesReader : IDatasetReader
{
    /// <inheritdoc/>
    public string FormatName => "coco";

    /// <inheritdoc/>
    public string Description => "COCO instances, a JSON file";

    /// <inheritdoc/>
    public bool Recognises(string path) => IsInstances(JsonOutline.Of(path));

    /// <inheritdoc/>
    public AnnotatedDataset Open(string path, DatasetReadOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        options ??= DatasetReadOptions.Default;
        var index = CocoFileIndex.Read(path, options, hasObjectIds: true, cancellationToken);
        return Dataset(index, new CocoImages(index, index, options, cancellationToken).Read(), options);
    }

    internal static bool IsInstances(JsonOutline outline) =>
        outline.IsObject && !outline.HasField("annotations", "segments_info")
        && ((outline.HasField("annotations", "image_id") && outline.HasField("annotations", "category_id")) || (outline.Has("images", "categories") && outline.HasField("images", "width")));

    internal static AnnotatedDataset Dataset(CocoFileIndex index, IEnumerable<AnnotatedImage> images, DatasetReadOptions options) =>
        new([.. index.Categories.Values], images) { ImageCount = index.Images.Count, ImageFolder = options.ImageFolder, Info = index.Info };
}
