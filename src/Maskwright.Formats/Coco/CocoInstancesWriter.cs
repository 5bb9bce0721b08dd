using Maskwright.Datasets;
using Maskwright.Formats.Datasets;

namespace Maskwright.Formats.Coco;

/// <summary>Writes COCO's instances, one JSON file.</summary>
/// <remarks>
/// Polygons without holes stay polygons; masks, and polygons with holes, become run lengths, which COCO's tools read for any object
/// (<see cref="DatasetWriteOptions.Shapes"/> asks for something else). Ids are kept; objects and images without one get the next free, boxes and areas
/// that were not given are those of the shape. Attributes stand under <c>attributes</c>, but for those that COCO's data sets have beside <c>id</c>. The annotations come
/// before the images and categories.
/// </remarks>
public sealed class CocoInstancesWriter : IDatasetWriter
{
    /// <inheritdoc/>
    public string FormatName => "coco";

    /// <inheritdoc/>
    public string Description => "COCO instances, a JSON file";

    /// <inheritdoc/>
    public DatasetFeatures Features { get; } = CocoFile.Features;

    /// <inheritdoc/>
    public bool WritesFolder => false;

    /// <inheritdoc/>
    public LossReport Write(AnnotatedDataset dataset, string path, DatasetWriteOptions? options = null, CancellationToken cancellationToken = default) =>
        new CocoFile(options ?? DatasetWriteOptions.Default, Features, isLvis: false).Write(dataset, path, cancellationToken);
}
