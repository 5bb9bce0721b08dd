using Maskwright.Datasets;
using Maskwright.Formats.Datasets;
using Maskwright.Formats.Images;
using Maskwright.Formats.Json;
using Maskwright.Masks;

namespace Maskwright.Formats.Coco;

/// <summary>Reads COCO's panoptic format: a JSON file of segments and a folder of PNG files whose colours are segment ids.</summary>
/// <remarks>
/// The folder is that of <see cref="DatasetReadOptions.MaskFolder"/>, else the one beside the file with its name less the extension. Colour 0 is nothing.
/// A colour that the file does not explain, and a segment without a pixel, are faults, as they are for panopticapi.
/// </remarks>
public sealed class PanopticReader : IDatasetReader
{
    /// <inheritdoc/>
    public string FormatName => "coco-panoptic";

    /// <inheritdoc/>
    public string Description => "COCO panoptic, a JSON file beside a folder of PNG files";

    /// <inheritdoc/>
    public bool Recognises(string path)
    {
        var outline = JsonOutline.Of(path);
        return outline.IsObject && outline.HasField("annotations", "segments_info");
    }

    /// <inheritdoc/>
    public AnnotatedDataset Open(string path, DatasetReadOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        options ??= DatasetReadOptions.Default;
        var folder = options.MaskFolder ?? Path.ChangeExtension(path, null);
        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"{path}: the folder {folder} with the PNG files does not exist");
        }

        var index = CocoFileIndex.Read(path, options, hasObjectIds: false, cancellationToken);
        return CocoInstancesReader.Dataset(index, Images(index, folder, options, cancellationToken), options);
    }

    private static IEnumerable<AnnotatedImage> Images(CocoFileIndex index, string folder, DatasetReadOptions options, CancellationToken cancellationToken)
    {
        var images = new CocoImages(index, index, options, cancellationToken);
        using var file = new JsonEntryFile(index.Places.Path);
        foreach (var image in images.ReadBare())
        {
            var objects = new List<AnnotatedObject>();
            var isFirst = true;
            images.ForEachEntry(file, image.Id ?? 0, item =>
            {
                objects.AddRange(isFirst ? Segments(item, image, index, folder, options) : throw new FormatException($"image {image.Id} has an annotation already"));
                isFirst = false;
            });
            yield return image with { Objects = objects };
        }
    }

    private static List<AnnotatedObject> Segments(CocoItem item, AnnotatedImage image, CocoFileIndex index, string folder, DatasetReadOptions options)
    {
        var segments = item.Items("segments_info").Select(segment => Segment(segment, index.Categories)).ToList();
        if (segments.GroupBy(segment => segment.Id).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw new FormatException($"the segment id {twice.Key} stands there twice");
        }

        var path = Path.Combine(folder, item.Text("file_name"));
        try
        {
            var size = ImageReader.Identify(path).Size; // before memory is taken for it
            return size == image.Size
                ? WithMasks(segments, CocoPanopticReader.ReadLabels(path), path, options)
                : throw new FormatException($"{path} is {size}, but its image is {image.Size}");
        }
        catch (IOException e) when (e is not InvalidAnnotationException && options.KeepsGoing)
        {
            throw new FormatException(e.Message, e);
        }
    }

    private static List<AnnotatedObject> WithMasks(List<AnnotatedObject> segments, LabelMap labels, string path, DatasetReadOptions options)
    {
        var masks = LabelRuns.Of(labels);
        var objects = new List<AnnotatedObject>(segments.Count);
        foreach (var segment in segments)
        {
            if (masks.Remove((int)(segment.Id ?? 0), out var mask))
            {
                objects.Add(segment with { Shape = new MaskShape(mask) });
            }
            else
            {
                options.Handle(new InvalidAnnotationException(path, null, $"no pixel has the colour of segment {segment.Id}"));
            }
        }

        foreach (var (label, mask) in masks)
        {
            options.Handle(new InvalidAnnotationException(path, null, $"{mask.Area} pixels have the colour of segment {label}, which the annotation does not list"));
        }

        return objects;
    }

    private static AnnotatedObject Segment(CocoItem item, IReadOnlyDictionary<long, DatasetCategory> categories)
    {
        var (id, categoryId) = (item.Id("id"), item.Id("category_id"));
        var category = categories.TryGetValue(categoryId, out var known) ? known : throw new FormatException($"'category_id' is {categoryId}, but there is no such category");
        return new AnnotatedObject(category, new BoxShape(default))
        {
            Id = id is > 0 and < 1 << 24 ? id : throw new FormatException($"the segment id {id} is not a colour"),
            Area = item.Has("area") ? item.Number("area") : null,
            Box = item.Has("bbox") ? item.Box("bbox") : null,
            IsCrowd = item.Flag("iscrowd"),
        };
    }
}
