using Maskwright.Datasets;
using Maskwright.Formats.Datasets;

namespace Maskwright.Formats.Coco;

/// <summary>Writes LVIS: COCO's instances with the number of images and objects of every category, its frequency, and every image's lists of categories.</summary>
/// <remarks>
/// A frequency that was not given is counted from the images written: rare up to 10, common up to 100, else frequent (Gupta, Dollar, Girshick 2019).
/// LVIS knows neither crowds nor ignored objects nor scores, so these are left out. Otherwise as <see cref="CocoInstancesWriter"/>.
/// </remarks>
public sealed class LvisWriter : IDatasetWriter
{
    /// <inheritdoc/>
    public string FormatName => "lvis";

    /// <inheritdoc/>
    public string Description => "LVIS, a JSON file";

    /// <inheritdoc/>
    public DatasetFeatures Features { get; } = CocoFile.Features & ~(DatasetFeatures.Crowds | DatasetFeatures.IgnoreFlags | DatasetFeatures.Scores | DatasetFeatures.Stuff);

    /// <inheritdoc/>
    public bool WritesFolder => false;

    /// <inheritdoc/>
    public LossReport Write(AnnotatedDataset dataset, string path, DatasetWriteOptions? options = null, CancellationToken cancellationToken = default) =>
        new CocoFile(options ?? DatasetWriteOptions.Default, Features, isLvis: true).Write(dataset, path, cancellationToken);
}
