using Maskwright.Datasets;
using Maskwright.Formats.Datasets;
using Maskwright.Formats.Folders;
using Maskwright.Masks;

namespace Maskwright.Formats.Labels;

/// <summary>Writes label images: <c>instances</c> with a number for each object, <c>classes</c> with the class of each pixel, <c>classes.txt</c> and <c>images.tsv</c>.</summary>
/// <remarks>
/// Every pixel belongs to one object: things lie over stuff, small objects over large ones. Objects keep their ids as numbers where all ids of an image are labels and no two the same,
/// else they are numbered from 1. Classes are numbered by category id where all ids are labels, else from 1. PNG holds labels up to 65535; a palette shows up to 255 in VOC's colours.
/// </remarks>
public sealed class LabelFolderWriter(LabelFileType type) : IDatasetWriter
{
    private const int MostInPalette = 255;

    /// <inheritdoc/>
    public string FormatName => type == LabelFileType.Png ? "label-png" : "label-tiff";

    /// <inheritdoc/>
    public string Description => type == LabelFileType.Png
        ? "Label images: a folder with instances/*.png and classes/*.png, 8 or 16 bit, and classes.txt"
        : "Label images: a folder with instances/*.tif and classes/*.tif, 16 or 32 bit, and classes.txt";

    /// <inheritdoc/>
    public DatasetFeatures Features =>
        DatasetFeatures.ExactPixels | DatasetFeatures.Holes | DatasetFeatures.Parts | DatasetFeatures.Categories | DatasetFeatures.CategoryIds | DatasetFeatures.UnusedCategories
        | DatasetFeatures.ObjectIds | DatasetFeatures.ImageIds | DatasetFeatures.FileNames | DatasetFeatures.Splits | DatasetFeatures.SeveralImages | DatasetFeatures.EmptyImages;

    /// <inheritdoc/>
    public bool WritesFolder => true;

    private string Extension => type == LabelFileType.Png ? ".png" : ".tif";

    /// <inheritdoc/>
    public LossReport Write(AnnotatedDataset dataset, string path, DatasetWriteOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        options ??= DatasetWriteOptions.Default;
        var labels = LabelFolderNames.Numbered(dataset.Categories);
        var tally = new LossTally(Features);
        tally.Start(dataset);
        tally.AddRenumbered(dataset.Categories, (category, _) => labels[category.Id]);
        ResultFolder.Write(path, options.Overwrite, IsResult, folder =>
        {
            LabelFolderNames.Write(folder, dataset.Categories, labels);
            var naming = new FileNaming();
            var images = new LabelFolderImages();
            foreach (var image in dataset.Images)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var name = naming.Next(image, Extension);
                WriteImage(folder, name, image, labels, tally);
                images.Add(name, image);
                tally.Add(image);
            }

            images.Write(folder);
        });
        return tally.ToReport();
    }

    private static bool IsResult(string name) => name is LabelFolderNames.NamesFile or LabelFolderImages.FileName
        || name.StartsWith(LabelFolderNames.Instances + "/", StringComparison.Ordinal) || name.StartsWith(LabelFolderNames.Classes + "/", StringComparison.Ordinal);

    private void WriteImage(string folder, string name, AnnotatedImage image, Dictionary<long, int> classes, LossTally tally)
    {
        var layers = ObjectLayers.Of(image, tally);
        var (numbers, labels) = (new int[image.Objects.Count + 1], new int[image.Objects.Count + 1]);
        var ids = layers.Objects.Select(entry => image.Objects[entry.Index].Id).ToList();
        var keepsIds = ids.TrueForAll(id => id > 0 && id <= (type == LabelFileType.Png ? ushort.MaxValue : int.MaxValue)) && ids.Distinct().Count() == ids.Count;
        var count = 0;
        foreach (var (index, _, _) in layers.Objects)
        {
            var id = image.Objects[index].Id;
            numbers[index + 1] = keepsIds && id is { } own ? (int)own : ++count;
            labels[index + 1] = classes[image.Objects[index].Category.Id];
            tally.Add(LossKind.ObjectIdsDropped, image, index, id is null || id == numbers[index + 1] ? 0 : 1);
        }

        Write(Path.Combine(folder, LabelFolderNames.Instances, name), LabelledObjects.Renumbered(layers.Labels, numbers), numbers.Max());
        Write(Path.Combine(folder, LabelFolderNames.Classes, name), LabelledObjects.Renumbered(layers.Labels, labels), classes.Count == 0 ? 0 : classes.Values.Max());
    }

    private void Write(string path, LabelMap labels, int most)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path) ?? ".");
        if (type == LabelFileType.Tiff)
        {
            LabelTiff.Write(labels, path);
        }
        else
        {
            LabelImageWriter.Write(labels, most, path, withPalette: most <= MostInPalette);
        }
    }
}
