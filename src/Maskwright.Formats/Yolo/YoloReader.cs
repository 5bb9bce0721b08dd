using System.Globalization;
using Maskwright.Datasets;
using Maskwright.Formats.Datasets;
using Maskwright.Formats.Folders;
using Maskwright.Geometry;

namespace Maskwright.Formats.Yolo;

/// <summary>Reads YOLO's segmentation data sets: a text file of objects for each image, and <c>data.yaml</c>.</summary>
/// <remarks>
/// Ultralytics' layout. A row is a class and the corners of a polygon, divided by the image's width and height; a class and four such numbers, a box by centre and
/// size; or <c>class rle height width counts</c> with COCO's compressed run lengths. A number more than there are pairs is a score. Images must be at hand,
/// since only they tell the size: in <c>images</c> beside <c>labels</c>, or in the image folder of the options.
/// Categories have YOLO's numbers and one more, so that they begin with 1. A split is a key of <c>data.yaml</c>, else the first folder below <c>labels</c>.
/// </remarks>
public sealed class YoloReader : IDatasetReader
{
    /// <inheritdoc/>
    public string FormatName => "yolo";

    /// <inheritdoc/>
    public string Description => "YOLO segmentation (Ultralytics): a folder with data.yaml, images and labels, or data.yaml itself";

    /// <inheritdoc/>
    public bool Recognises(string path)
    {
        if (Path.GetExtension(path) is ".yaml" or ".yml")
        {
            return FileBeginning.Has(path, "names");
        }

        if (!Directory.Exists(path))
        {
            return false;
        }

        var labels = Path.Combine(path, "labels");
        return (Directory.Exists(labels) && FileBeginning.First(labels, "*.txt") is not null) || YoloConfig.Find(path) is not null;
    }

    /// <inheritdoc/>
    public AnnotatedDataset Open(string path, DatasetReadOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= DatasetReadOptions.Default;
        var file = Directory.Exists(path) ? YoloConfig.Find(path) : path;
        var config = file is null ? null : YoloConfig.Read(file);
        var (imageFolder, images) = YoloImages.Find(config?.Root ?? path, config, options.ImageFolder);
        var names = config?.Names ?? Numbers(images, options, cancellationToken);
        DatasetCategory[] categories = [.. names.Select((name, number) => new DatasetCategory(number + 1, name))];
        return new AnnotatedDataset(categories, SoundItems.Read(images, image => ReadImage(image, categories, options), options, cancellationToken))
        {
            ImageCount = images.Count,
            ImageFolder = imageFolder,
        };
    }

    // Without names the classes are called by their numbers.
    private static List<string> Numbers(IReadOnlyList<YoloImage> images, DatasetReadOptions options, CancellationToken cancellationToken)
    {
        var most = -1;
        foreach (var line in SoundItems.Read(images.Where(image => File.Exists(image.LabelPath)), image => LinesOf(image.LabelPath), options, cancellationToken).SelectMany(lines => lines))
        {
            var word = line.Text.Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries)[0];
            most = int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < 1 << 20 ? Math.Max(most, number) : most;
        }

        return [.. Enumerable.Range(0, most + 1).Select(number => number.ToString(CultureInfo.InvariantCulture))];
    }

    private static List<(int Number, string Text)> LinesOf(string path) =>
        !File.Exists(path) ? [] : [.. TextLines.Read(path).Select((text, index) => (index + 1, text)).Where(line => !string.IsNullOrWhiteSpace(line.text))];

    private static AnnotatedImage ReadImage(YoloImage image, DatasetCategory[] categories, DatasetReadOptions options)
    {
        var lines = LinesOf(image.LabelPath);
        var size = image.ImagePath is { } found ? ImageFiles.SizeOf(found) : Stated(image.LabelPath, lines);
        var objects = SoundItems.Read(lines, line => ReadObject(image.LabelPath, line.Number, line.Text, size, categories), options);
        return new AnnotatedImage(image.Name, size, [.. objects]) { Split = image.Split };
    }

    private static ImageSize Stated(string path, List<(int Number, string Text)> lines) =>
        At(path, lines.Count > 0 ? lines[0].Number : 1, () => lines.Select(line => YoloRow.StatedSize(line.Text)).FirstOrDefault(size => size is not null)
            ?? throw new FormatException("the image that these labels are for is missing, so that its size is unknown; name the folder of the images"));

    private static AnnotatedObject ReadObject(string path, int number, string line, ImageSize size, DatasetCategory[] categories)
    {
        var row = At(path, number, () => YoloRow.Parse(line, size));
        return row.Class < categories.Length
            ? new AnnotatedObject(categories[row.Class], row.Shape) { Score = row.Score }
            : throw new InvalidAnnotationException(path, number, $"the class {row.Class} has no name; there are {categories.Length}");
    }

    private static T At<T>(string path, int line, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (FormatException e)
        {
            throw new InvalidAnnotationException(path, line, e.Message.TrimEnd('.'), e);
        }
    }
}
