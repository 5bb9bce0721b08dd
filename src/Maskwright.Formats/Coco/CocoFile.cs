using System.Text.Json;
using Maskwright.Datasets;
using Maskwright.Formats.Datasets;
using Maskwright.Formats.Json;
using Maskwright.Metrics;

namespace Maskwright.Formats.Coco;

/// <summary>Writes one JSON file of annotations, images and categories while the images come in.</summary>
internal sealed class CocoFile
{
    /// <summary>What COCO's instances hold.</summary>
    public const DatasetFeatures Features =
        DatasetFeatures.ExactVertices | DatasetFeatures.ExactPixels | DatasetFeatures.Holes | DatasetFeatures.Parts | DatasetFeatures.Overlap
        | DatasetFeatures.BoxShapes | DatasetFeatures.Boxes | DatasetFeatures.Areas | DatasetFeatures.Crowds | DatasetFeatures.IgnoreFlags | DatasetFeatures.Scores
        | DatasetFeatures.ObjectIds | DatasetFeatures.Groups | DatasetFeatures.Tracks | DatasetFeatures.Attributes | DatasetFeatures.TypedAttributes
        | DatasetFeatures.Categories | DatasetFeatures.CategoryIds | DatasetFeatures.Supercategories | DatasetFeatures.Stuff | DatasetFeatures.Colours
        | DatasetFeatures.Frequencies | DatasetFeatures.CategoryAttributes | DatasetFeatures.UnusedCategories | DatasetFeatures.ImageIds | DatasetFeatures.FileNames
        | DatasetFeatures.SeveralImages | DatasetFeatures.EmptyImages | DatasetFeatures.ImageAttributes | DatasetFeatures.Info | DatasetFeatures.EmptyObjects;

    private static readonly string[] s_lists = ["images", "annotations", "categories"];

    private readonly DatasetWriteOptions _options;
    private readonly DatasetFeatures _features;
    private readonly bool _isLvis;
    private readonly LossTally _tally;
    private readonly IdAssignment _imageIds = new();
    private readonly IdAssignment _objectIds = new();
    private readonly Dictionary<long, (long Images, long Objects)> _uses = [];

    public CocoFile(DatasetWriteOptions options, DatasetFeatures features, bool isLvis)
    {
        (_options, _features, _isLvis) = (options, features, isLvis);
        _tally = new LossTally(features);
    }

    public LossReport Write(AnnotatedDataset dataset, string path, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        OutputPlace.PrepareFile(path, _options.Overwrite);
        _tally.Start(dataset);
        AtomicFile.Write(path, stream => Write(dataset, stream, cancellationToken));
        return _tally.ToReport();
    }

    /// <summary>Writes the fields at the root of a COCO file that are no lists of it, each followed by a comma.</summary>
    public static void WriteInfo(Stream stream, AnnotatedDataset dataset, LossTally tally)
    {
        tally.Add(LossKind.InfoDropped, dataset.Info.Count(entry => s_lists.Contains(entry.Key)), null);
        var fields = dataset.Info.Where(entry => !s_lists.Contains(entry.Key)).ToList();
        if (fields.Count == 0)
        {
            return;
        }

        using var memory = new MemoryStream();
        using (var json = CocoJson.Writer(memory))
        {
            json.WriteStartObject();
            JsonAttributes.WriteFields(json, fields);
            json.WriteEndObject();
        }

        stream.Write(memory.GetBuffer().AsSpan(1, (int)memory.Length - 2));
        stream.Write(","u8);
    }

    private void Write(AnnotatedDataset dataset, Stream stream, CancellationToken cancellationToken)
    {
        using var images = new CocoImageList(_isLvis);
        stream.Write("{"u8);
        WriteInfo(stream, dataset, _tally);
        stream.Write("\"annotations\":"u8);
        using (var json = CocoJson.Writer(stream))
        {
            json.WriteStartArray();
            foreach (var image in dataset.Images)
            {
                cancellationToken.ThrowIfCancellationRequested();
                WriteImage(json, images, image);
            }

            json.WriteEndArray();
        }

        stream.Write(",\"images\":"u8);
        images.CopyTo(stream);
        stream.Write(",\"categories\":"u8);
        WriteCategories(stream, dataset.Categories);
        stream.Write("}"u8);
    }

    private void WriteImage(Utf8JsonWriter json, CocoImageList images, AnnotatedImage image)
    {
        var imageId = _imageIds.Assign(image.Id, out var isKept);
        _tally.Add(LossKind.ImageIdsDropped, image, -1, isKept ? 0 : 1);
        for (var i = 0; i < image.Objects.Count; i++)
        {
            var id = _objectIds.Assign(image.Objects[i].Id, out isKept);
            _tally.Add(LossKind.ObjectIdsDropped, image, i, isKept ? 0 : 1);
            CocoObjectJson.Write(json, image.Objects[i], CocoWrittenShape.Of(image, i, _options, _tally), id, imageId, _features);
        }

        Count(image);
        images.Add(image, imageId);
        _tally.Add(image);
    }

    private void Count(AnnotatedImage image)
    {
        foreach (var same in _isLvis ? image.Objects.GroupBy(item => item.Category.Id) : [])
        {
            var (images, objects) = _uses.GetValueOrDefault(same.Key);
            _uses[same.Key] = (images + 1, objects + same.Count());
        }
    }

    private void WriteCategories(Stream stream, IReadOnlyList<DatasetCategory> categories)
    {
        using var json = CocoJson.Writer(stream);
        json.WriteStartArray();
        foreach (var category in categories)
        {
            var frequency = category.Frequency;
            var written = category;
            if (_isLvis)
            {
                var (images, objects) = _uses.GetValueOrDefault(category.Id);
                frequency ??= images <= 10 ? CategoryFrequency.Rare : images <= 100 ? CategoryFrequency.Common : CategoryFrequency.Frequent;
                written = category with { Attributes = category.Attributes.With("image_count", images).With("instance_count", objects) };
            }

            CocoCategoryJson.Write(json, written, asPanoptic: false, frequency);
        }

        json.WriteEndArray();
    }
}
