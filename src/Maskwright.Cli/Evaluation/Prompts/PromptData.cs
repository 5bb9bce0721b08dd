using Maskwright.Cli.Evaluation.Detection;
using Maskwright.Formats.Datasets;
using Maskwright.Formats.Labels;
using Maskwright.Metrics;

namespace Maskwright.Cli.Evaluation.Prompts;

/// <summary>Reads images with objects from the formats that hold some.</summary>
internal static class PromptData
{
    /// <summary>Reads a file of data.</summary>
    /// <param name="path">A table of label images, or a data set of any format.</param>
    /// <param name="imagesFolder">Where the images of annotations lie; null for beside the file.</param>
    /// <param name="cancellationToken">Stops between entries.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static IEnumerable<PromptImage> Read(string path, string? imagesFolder, CancellationToken cancellationToken) =>
        Path.GetExtension(path).Equals(".tsv", StringComparison.OrdinalIgnoreCase) ? FromTable(path) : FromDataset(path, imagesFolder, cancellationToken);

    private static IEnumerable<PromptImage> FromTable(string path) => LabelledImageTable.Read(path).Select(row =>
        new PromptImage(row.Set, row.ImagePath, token => [.. row.ReadObjects(token).Select(o => new PromptObject(o.Target, null))]));

    private static IEnumerable<PromptImage> FromDataset(string path, string? imagesFolder, CancellationToken cancellationToken)
    {
        var truth = DetectionData.ReadTruth(path, imagesFolder, cancellationToken);
        var names = truth.Categories.ToDictionary(category => category.Id, category => category.Name);
        var objects = truth.Objects.Where(o => !o.IsCrowd && o.Mask is { Area: > 0 }).ToLookup(o => o.ImageId);
        var folder = imagesFolder ?? ImageFolder(path);
        var set = Path.GetFileNameWithoutExtension(Path.TrimEndingDirectorySeparator(path));
        return truth.Images.Select(image => new PromptImage(
            set,
            Path.Combine(folder, image.FileName),
            _ => [.. objects[image.Id].Select(o => new PromptObject(new PromptTarget(o.Mask!.ToBinaryMask()), names[o.CategoryId]))])); // those without a mask are not among them
    }

    // Where the data set itself says its images lie; else beside it.
    private static string ImageFolder(string path) =>
        DatasetFormats.Detect(path)?.Open(path).ImageFolder ?? (Directory.Exists(path) ? path : Path.GetDirectoryName(Path.GetFullPath(path)) ?? string.Empty);
}
