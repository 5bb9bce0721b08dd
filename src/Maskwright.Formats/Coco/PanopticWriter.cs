using System.Text.Json;
using Maskwright.Datasets;
using Maskwright.Formats.Datasets;
using Maskwright.Formats.Png;

namespace Maskwright.Formats.Coco;

/// <summary>Writes COCO's panoptic format: a JSON file of segments, and beside it a folder of the same name less the extension with a PNG file for every image.</summary>
/// <remarks>
/// Every pixel belongs to one segment: stuff lies under things, crowds under single objects, large ones under small ones. What others cover wholly is left
/// out. Ids from 1 to 16,777,215 are kept where they are unique within their image; id = R + 256 G + 65536 B.
/// </remarks>
public sealed class PanopticWriter : IDatasetWriter
{
    /// <inheritdoc/>
    public string FormatName => "coco-panoptic";

    /// <inheritdoc/>
    public string Description => "COCO panoptic, a JSON file beside a folder of PNG files";

    /// <inheritdoc/>
    public DatasetFeatures Features =>
        DatasetFeatures.ExactPixels | DatasetFeatures.Holes | DatasetFeatures.Parts | DatasetFeatures.Boxes | DatasetFeatures.Areas | DatasetFeatures.Crowds
        | DatasetFeatures.ObjectIds | DatasetFeatures.Categories | DatasetFeatures.CategoryIds | DatasetFeatures.Supercategories | DatasetFeatures.Stuff
        | DatasetFeatures.Colours | DatasetFeatures.Frequencies | DatasetFeatures.CategoryAttributes | DatasetFeatures.UnusedCategories | DatasetFeatures.ImageIds
        | DatasetFeatures.FileNames | DatasetFeatures.SeveralImages | DatasetFeatures.EmptyImages | DatasetFeatures.ImageAttributes | DatasetFeatures.Info;

    /// <inheritdoc/>
    public bool WritesFolder => false;

    /// <inheritdoc/>
    public LossReport Write(AnnotatedDataset dataset, string path, DatasetWriteOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        options ??= DatasetWriteOptions.Default;
        var folder = Path.ChangeExtension(path, null);
        if (folder == path)
        {
            throw new IOException($"{path}: the file needs an extension, such as .json, since the folder beside it has its name without one");
        }

        OutputPlace.PrepareFile(path, options.Overwrite);
        var tally = new LossTally(Features);
        tally.Start(dataset);
        AtomicFile.Write(path, stream => AtomicFolder.Write(
            folder,
            options.Overwrite,
            name => Path.GetExtension(name) == ".png",
            pngFolder => Write(dataset, stream, pngFolder, tally, cancellationToken)));
        return tally.ToReport();
    }

    private static void Write(AnnotatedDataset dataset, Stream stream, string pngFolder, LossTally tally, CancellationToken cancellationToken)
    {
        using var images = new CocoImageList(needsCategoryLists: false);
        var ids = new IdAssignment();
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        stream.Write("{"u8);
        CocoFile.WriteInfo(stream, dataset, tally);
        stream.Write("\"annotations\":"u8);
        using (var json = CocoJson.Writer(stream))
        {
            json.WriteStartArray();
            foreach (var image in dataset.Images)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var id = ids.Assign(image.Id, out var isKept);
                tally.Add(LossKind.ImageIdsDropped, image, -1, isKept ? 0 : 1);
                tally.Add(image);
                WriteAnnotation(json, image, id, PngName(image, id, names), pngFolder, tally);
                images.Add(image, id);
            }

            json.WriteEndArray();
        }

        stream.Write(",\"images\":"u8);
        images.CopyTo(stream);
        stream.Write(",\"categories\":"u8);
        WriteCategories(stream, dataset.Categories);
        stream.Write("}"u8);
    }

    // The image's own name with another extension; images of one name in several folders are told apart by their ids.
    private static string PngName(AnnotatedImage image, long id, HashSet<string> names)
    {
        var stem = Path.GetFileNameWithoutExtension(image.FileName);
        var name = stem.Length > 0 ? $"{stem}.png" : $"{id}.png";
        return names.Add(name) ? name
            : names.Add($"{stem}-{id}.png") ? $"{stem}-{id}.png"
            : throw new ArgumentException($"Two images would share the file {name}: {image.FileName}.");
    }

    private static void WriteAnnotation(Utf8JsonWriter json, AnnotatedImage image, long imageId, string pngName, string pngFolder, LossTally tally)
    {
        var segments = PanopticPainting.Paint(image, tally);
        AtomicFile.Write(Path.Combine(pngFolder, pngName), stream => WritePng(stream, segments));
        json.WriteStartObject();
        json.WriteNumber("image_id", imageId);
        json.WriteString("file_name", pngName);
        json.WriteStartArray("segments_info");
        foreach (var segment in segments.Segments)
        {
            json.WriteStartObject();
            json.WriteNumber("id", segment.Id);
            json.WriteNumber("category_id", segment.Object.Category.Id);
            json.WriteNumber("area", segment.Area);
            CocoObjectJson.WriteBox(json, segment.Box);
            json.WriteNumber("iscrowd", segment.Object.IsCrowd ? 1 : 0);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        CocoJson.FlushSometimes(json);
    }

    private static void WritePng(Stream stream, PanopticPainting painting)
    {
        using var png = new PngFile(stream, painting.Labels.Size, PngPixels.Rgb8);
        var row = new byte[painting.Labels.Size.Width * 3];
        for (var y = 0; y < painting.Labels.Size.Height; y++)
        {
            var labels = painting.Labels.Row(y);
            for (var x = 0; x < labels.Length; x++)
            {
                (row[3 * x], row[(3 * x) + 1], row[(3 * x) + 2]) = ((byte)labels[x], (byte)(labels[x] >> 8), (byte)(labels[x] >> 16));
            }

            png.WriteRow(row);
        }

        png.Complete();
    }

    private static void WriteCategories(Stream stream, IReadOnlyList<DatasetCategory> categories)
    {
        using var json = CocoJson.Writer(stream);
        json.WriteStartArray();
        foreach (var category in categories)
        {
            CocoCategoryJson.Write(json, category, asPanoptic: true, category.Frequency);
        }

        json.WriteEndArray();
    }
}
