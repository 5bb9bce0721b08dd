using System.IO.Compression;
using Maskwright.Datasets;
using Maskwright.Formats.Coco;
using Maskwright.Formats.Datasets;
using Maskwright.Formats.Folders;
using Maskwright.Formats.Json;
using Maskwright.Formats.Npy;
using Maskwright.Formats.Png;
using Maskwright.Formats.Shapes;
using Maskwright.Masks;

namespace Maskwright.Formats.Npz;

/// <summary>Writes a folder of NumPy's <c>.npz</c> files, one an image, packed.</summary>
/// <remarks>
/// <c>masks</c> bool [N, H, W]; <c>class_names</c> text [N]; <c>class_ids</c> int64 [N]; <c>scores</c> float64 [N], NaN for none; <c>metadata</c> uint8, JSON in UTF-8 with the members
/// <c>image</c>, <c>categories</c> and <c>objects</c>, which hold everything else by COCO's names: <c>json.loads(bytes(npz["metadata"]))</c>.
/// </remarks>
public sealed class NpzWriter : IDatasetWriter
{
    private static readonly DateTimeOffset s_noTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero); // the same data set gives the same bytes

    /// <inheritdoc/>
    public string FormatName => "npz";

    /// <inheritdoc/>
    public string Description => "NumPy: a folder of .npz files with a stack of masks, one an image";

    /// <inheritdoc/>
    public DatasetFeatures Features =>
        DatasetFeatures.ExactPixels | DatasetFeatures.Holes | DatasetFeatures.Parts | DatasetFeatures.Overlap | DatasetFeatures.BoxShapes | DatasetFeatures.Boxes | DatasetFeatures.Areas
        | DatasetFeatures.Crowds | DatasetFeatures.IgnoreFlags | DatasetFeatures.Scores | DatasetFeatures.ObjectIds | DatasetFeatures.Groups | DatasetFeatures.Tracks | DatasetFeatures.Attributes
        | DatasetFeatures.TypedAttributes | DatasetFeatures.Categories | DatasetFeatures.CategoryIds | DatasetFeatures.Supercategories | DatasetFeatures.Stuff | DatasetFeatures.Colours
        | DatasetFeatures.CategoryAttributes | DatasetFeatures.UnusedCategories | DatasetFeatures.ImageIds | DatasetFeatures.FileNames | DatasetFeatures.SeveralImages
        | DatasetFeatures.EmptyImages | DatasetFeatures.ImageAttributes | DatasetFeatures.Splits | DatasetFeatures.EmptyObjects;

    /// <inheritdoc/>
    public bool WritesFolder => true;

    /// <inheritdoc/>
    public LossReport Write(AnnotatedDataset dataset, string path, DatasetWriteOptions? options = null, CancellationToken cancellationToken = default) =>
        FileEachImage.Write(dataset, path, ".npz", Features, options, WriteImage, cancellationToken);

    private static void WriteImage(Stream stream, AnnotatedImage image, IReadOnlyList<DatasetCategory> categories, DatasetWriteOptions options, LossTally tally)
    {
        using var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        WriteMasks(zip, image, options, tally);
        Write(zip, NpzReader.Names, entry => NpzText.Write(entry, [.. image.Objects.Select(item => item.Category.Name)]));
        Write(zip, NpzReader.Ids, entry => NpyWriter.Write<long>(entry, image.Objects.Select(item => item.Category.Id).ToArray(), image.Objects.Count));
        Write(zip, NpzReader.Scores, entry => NpyWriter.Write<double>(entry, image.Objects.Select(item => item.Score ?? double.NaN).ToArray(), image.Objects.Count));
        var card = Card(image, categories);
        Write(zip, NpzReader.Metadata, entry => NpyWriter.Write<byte>(entry, card, card.Length));
    }

    private static void WriteMasks(ZipArchive zip, AnnotatedImage image, DatasetWriteOptions options, LossTally tally) => Write(zip, NpzReader.Masks, stream =>
    {
        stream.Write(NpyWriter.Header("|b1", [image.Objects.Count, image.Size.Height, image.Size.Width]));
        var shapes = new ShapeWriting(image, options, tally);
        for (var i = 0; i < image.Objects.Count; i++)
        {
            WriteMask(stream, image.Objects[i].Shape is BoxShape box ? box.ToMask(image.Size) : shapes.Mask(i));
        }
    });

    private static void WriteMask(Stream stream, RunLengthMask runs)
    {
        var mask = runs.ToBinaryMask();
        var row = new byte[mask.WordsPerRow * 64];
        for (var y = 0; y < mask.Height; y++)
        {
            MaskPng.Expand(mask.Row(y), row);
            for (var x = 0; x < mask.Width; x++)
            {
                row[x] &= 1;
            }

            stream.Write(row, 0, mask.Width);
        }
    }

    private static byte[] Card(AnnotatedImage image, IReadOnlyList<DatasetCategory> categories)
    {
        using var bytes = new MemoryStream();
        using (var json = CocoJson.Writer(bytes))
        {
            json.WriteStartObject();
            ImageCard.Write(json, image, categories);
            json.WriteStartArray("objects");
            foreach (var item in image.Objects)
            {
                json.WriteStartObject();
                ObjectCard.Write(json, item);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return bytes.ToArray();
    }

    private static void Write(ZipArchive zip, string name, Action<Stream> write)
    {
        var entry = zip.CreateEntry(name + ".npy", CompressionLevel.Fastest);
        entry.LastWriteTime = s_noTime;
        using var stream = entry.Open();
        write(stream);
    }
}
