using Maskwright.Datasets;
using Maskwright.Formats.Datasets;

namespace Maskwright.Formats.Folders;

/// <summary>Writes data sets of formats that have a file for each image and nothing besides.</summary>
internal static class FileEachImage
{
    /// <summary>Writes one image.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="image">The image.</param>
    /// <param name="categories">The data set's categories.</param>
    /// <param name="options">How to write.</param>
    /// <param name="tally">Counts what is lost.</param>
    public delegate void ImageWriting(Stream stream, AnnotatedImage image, IReadOnlyList<DatasetCategory> categories, DatasetWriteOptions options, LossTally tally);

    /// <summary>Writes a folder of files; or one file, where the path has their ending and there is one image.</summary>
    /// <param name="dataset">The data set; gone through once.</param>
    /// <param name="path">The folder or file.</param>
    /// <param name="ending">Of the files, such as <c>.svg</c>.</param>
    /// <param name="features">What the format can hold.</param>
    /// <param name="options">Null means the defaults.</param>
    /// <param name="write">Writes an image.</param>
    /// <param name="cancellationToken">Looked at between images.</param>
    /// <returns>What was lost.</returns>
    public static LossReport Write(AnnotatedDataset dataset, string path, string ending, DatasetFeatures features, DatasetWriteOptions? options, ImageWriting write, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        options ??= DatasetWriteOptions.Default;
        var tally = new LossTally(features);
        tally.Start(dataset);
        ResultFolder.Write(path, options.Overwrite, name => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase), folder =>
        {
            var naming = new FileNaming();
            foreach (var image in dataset.Images)
            {
                cancellationToken.ThrowIfCancellationRequested();
                using var stream = ResultFolder.Create(folder, naming.Next(image, ending));
                write(stream, image, dataset.Categories, options, tally);
                tally.Add(image);
            }
        }, ending);
        return tally.ToReport();
    }
}
