using Maskwright.Datasets;
using Maskwright.Formats.Coco;
using Maskwright.Formats.Datasets;
using Maskwright.Metrics;

namespace Maskwright.Cli.Evaluation.Detection;

/// <summary>Reads ground truths and detections of any data set format; COCO's and LVIS's by the reader that the numbers were held to the reference with.</summary>
internal static class DetectionData
{
    /// <summary>Reads a ground truth.</summary>
    /// <param name="path">A file or folder.</param>
    /// <param name="imageFolder">Where its images lie; null for the format's customary place.</param>
    /// <param name="cancellationToken">Stops between images.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static DetectionTruth ReadTruth(string path, string? imageFolder, CancellationToken cancellationToken)
    {
        if (OtherFormat(path) is not { } reader)
        {
            return CocoReader.ReadInstances(path, cancellationToken);
        }

        var dataset = reader.Open(path, DatasetReadOptions.Default with { ImageFolder = imageFolder }, cancellationToken);
        var (images, objects) = (new List<TruthImage>(), new List<TruthObject>());
        foreach (var image in dataset.Images)
        {
            images.Add(new TruthImage(image.Id ?? images.Count + 1, image.Size, image.FileName));
            objects.AddRange(image.Objects.Select(o => Object(path, image, o, images[^1].Id)));
        }

        return new DetectionTruth(images, [.. dataset.Categories.Select(c => new TruthCategory(c.Id, c.Name) { Frequency = c.Frequency, IsThing = c.IsThing })], objects);
    }

    /// <summary>Reads detections, and sees to it that they can be compared as asked.</summary>
    /// <param name="path">COCO results, or another data set, whose images are found by their file names and whose categories by their names.</param>
    /// <param name="truth">The ground truth.</param>
    /// <param name="settings">How they will be compared.</param>
    /// <param name="cancellationToken">Stops between images.</param>
    /// <exception cref="IOException">They cannot be read.</exception>
    /// <exception cref="ToolException">Masks are asked for, and there are only boxes.</exception>
    public static IReadOnlyList<DetectedObject> ReadDetections(string path, DetectionTruth truth, DetectionSettings settings, CancellationToken cancellationToken)
    {
        var detections = OtherFormat(path) is { } reader
            ? FromDataset(path, reader.Open(path, DatasetReadOptions.Default with { ImageFolder = settings.ImageFolder }, cancellationToken), truth)
            : DatasetFormats.Detect(path) is CocoInstancesReader instances
                ? FromDataset(path, instances.Open(path, null, cancellationToken), truth)
                : CocoReader.ReadResults(path, truth, cancellationToken);
        if (settings.Geometry == OverlapGeometry.Masks && detections.Any(d => d.Mask is null))
        {
            throw new ToolException(ExitCode.SomeInputsFailed, $"{path}: {detections.Count(d => d.Mask is null)} of {detections.Count} detections have no mask; --type box compares boxes");
        }

        return detections;
    }

    /// <summary>The reader of a data set that is not COCO's; null for COCO's, and for what nothing recognises, so that COCO's reader tells what is wrong.</summary>
    /// <exception cref="ToolException">There is no such file or folder.</exception>
    public static IDatasetReader? OtherFormat(string path)
    {
        if (!Path.Exists(path))
        {
            throw new ToolException(ExitCode.SomeInputsFailed, $"{path}: there is no such file or folder");
        }

        var reader = DatasetFormats.Detect(path);
        return reader is CocoInstancesReader or LvisReader or CocoResultsReader ? null
            : reader is null && Directory.Exists(path) ? throw new ToolException(ExitCode.SomeInputsFailed, $"{path}: holds no data set of a format that is known")
            : reader;
    }

    private static TruthObject Object(string path, AnnotatedImage image, AnnotatedObject item, long imageId)
    {
        var known = new TruthObject(imageId, item.Category.Id) { Id = item.Id ?? 0, Mask = Mask(path, image, item), IsCrowd = item.IsCrowd, IsIgnored = item.IsIgnored };
        known = (item.Box ?? (item.Shape as BoxShape)?.Bounds) is { } given ? known with { Box = given } : known;
        return item.Area is { } area ? known with { Area = area } : known;
    }

    private static List<DetectedObject> FromDataset(string path, AnnotatedDataset dataset, DetectionTruth truth)
    {
        var images = truth.Images.ToLookup(image => Stem(image.FileName), StringComparer.Ordinal);
        var categories = truth.Categories.ToLookup(category => category.Name, category => category.Id, StringComparer.OrdinalIgnoreCase);
        var told = dataset.Images.SelectMany(image => image.Objects).Select(o => o.Category.Name).Distinct().ToList();
        if (told.Count > 0 && !told.Exists(categories.Contains))
        {
            throw new InvalidAnnotationException(
                path, null, $"has only objects of classes that the ground truth lacks: {string.Join(", ", told.Take(5))}; there it is {string.Join(", ", truth.Categories.Select(category => category.Name).Take(5))}");
        }

        var found = new List<DetectedObject>();
        foreach (var image in dataset.Images)
        {
            if (images[Stem(image.FileName)].FirstOrDefault() is not { } wanted)
            {
                throw new InvalidAnnotationException(path, null, $"the image '{image.FileName}' is not in the ground truth");
            }

            if (image.Size != wanted.Size)
            {
                throw new InvalidAnnotationException(path, null, $"the image '{image.FileName}' is {image.Size}, but {wanted.Size} in the ground truth");
            }

            found.AddRange(image.Objects.Select(o => Detection(path, image, o, wanted.Id, categories[o.Category.Name].DefaultIfEmpty(-o.Category.Id).First())));
        }

        return found;
    }

    private static DetectedObject Detection(string path, AnnotatedImage image, AnnotatedObject item, long imageId, long categoryId)
    {
        var known = new DetectedObject(imageId, categoryId, item.Confidence ?? 1) { Mask = Mask(path, image, item) };
        return item.Shape is BoxShape box ? known with { Box = item.Box ?? box.Bounds } : known;
    }

    private static Maskwright.Masks.RunLengthMask? Mask(string path, AnnotatedImage image, AnnotatedObject item)
    {
        try
        {
            return item.Shape is BoxShape ? null : item.Shape.ToMask(image.Size);
        }
        catch (ArgumentException e)
        {
            throw new InvalidAnnotationException(path, null, $"the image '{image.FileName}': {Failure.MessageOf(e)}", e);
        }
    }

    private static string Stem(string file) => Path.GetFileNameWithoutExtension(file);
}
