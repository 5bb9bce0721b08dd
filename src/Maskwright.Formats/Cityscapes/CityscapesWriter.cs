using Maskwright.Datasets;
using Maskwright.Formats.Coco;
using Maskwright.Formats.Datasets;
using Maskwright.Formats.Folders;
using Maskwright.Formats.Labels;
using Maskwright.Formats.Shapes;

namespace Maskwright.Formats.Cityscapes;

/// <summary>Writes data sets in the layout of Cityscapes: <c>instanceIds</c>, <c>labelIds</c> and <c>polygons</c> below <c>gtFine</c>.</summary>
/// <remarks>
/// Categories of Cityscapes' names have Cityscapes' labels; where others are needed, or objects of a class are told apart that Cityscapes does not, <c>labels.csv</c> holds the table of classes.
/// Every pixel belongs to one object: things lie over stuff, single objects over crowds, small over large ones. Cityscapes has room for one crowd of a class, the
/// first; further ones become single objects, and the report counts all crowd flags as dropped. Stuff of one class is one region. Images without a split go to <c>train</c>. The polygons
/// are the outlines of what is seen, holes tied to them. Pictures are not copied; they belong into <c>leftImg8bit</c>.
/// </remarks>
public sealed class CityscapesWriter : IDatasetWriter
{
    private const string Kind = "gtFine";

    /// <inheritdoc/>
    public string FormatName => "cityscapes";

    /// <inheritdoc/>
    public string Description => "Cityscapes: a folder with gtFine, its label images and polygons";

    /// <inheritdoc/>
    public DatasetFeatures Features =>
        DatasetFeatures.ExactPixels | DatasetFeatures.Holes | DatasetFeatures.Parts | DatasetFeatures.Categories | DatasetFeatures.Supercategories
        | DatasetFeatures.Colours | DatasetFeatures.UnusedCategories | DatasetFeatures.FileNames | DatasetFeatures.SeveralImages | DatasetFeatures.EmptyImages | DatasetFeatures.Splits;

    /// <inheritdoc/>
    public bool WritesFolder => true;

    /// <inheritdoc/>
    public LossReport Write(AnnotatedDataset dataset, string path, DatasetWriteOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        options ??= DatasetWriteOptions.Default;
        var classes = CityscapesTable.Assign(dataset.Categories);
        var tally = new LossTally(Features);
        tally.Start(dataset);
        tally.AddRenumbered(dataset.Categories, (category, index) => category.Id == index + 1 ? category.Id : classes[category.Id].Id); // ids that count from 1 stand for none
        ResultFolder.Write(path, options.Overwrite, name => name == CityscapesTable.FileName || name.StartsWith(Kind + "/", StringComparison.Ordinal), folder =>
        {
            if (classes.Values.Any(row => !CityscapesTable.Standard.Contains(row)))
            {
                CityscapesTable.Write(folder, classes.Values);
            }

            var naming = new FileNaming();
            foreach (var image in dataset.Images)
            {
                cancellationToken.ThrowIfCancellationRequested();
                WriteImage(folder, naming.Next(image, name => Placed(name, Split(image, tally))), image, classes, tally);
                tally.Add(image);
            }
        });
        return tally.ToReport();
    }

    private static string Split(AnnotatedImage image, LossTally tally)
    {
        if (image.Split is null)
        {
            return "train";
        }

        var isFolder = image.Split.Length > 0 && image.Split is not ("." or "..") && image.Split.AsSpan().IndexOfAny("/\\:") < 0;
        tally.Add(LossKind.SplitsDropped, image, count: isFolder ? 0 : 1);
        return isFolder ? image.Split : "train";
    }

    // Below a folder for the city, which stands first in the name.
    private static string Placed(string name, string split)
    {
        var stem = FileNaming.WithoutExtension(name);
        stem = stem.EndsWith(CityscapesReader.ImageEnding, StringComparison.Ordinal) ? stem[..^CityscapesReader.ImageEnding.Length] : stem;
        stem = stem.StartsWith(split + "/", StringComparison.Ordinal) ? stem[(split.Length + 1)..] : stem;
        return stem.Contains('/', StringComparison.Ordinal) ? $"{Kind}/{split}/{stem}_{Kind}" : $"{Kind}/{split}/{stem.Split('_')[0]}/{stem}_{Kind}";
    }

    private static void WriteImage(string folder, string name, AnnotatedImage image, Dictionary<long, CityscapesClass> classes, LossTally tally)
    {
        var layers = ObjectLayers.Of(image, tally);
        var (instances, labels) = (new int[image.Objects.Count + 1], new int[image.Objects.Count + 1]);
        var next = new Dictionary<int, int>();
        var regions = new HashSet<int>();
        foreach (var (index, _, _) in layers.Objects)
        {
            var item = image.Objects[index];
            var row = classes[item.Category.Id];
            labels[index + 1] = row.Id;
            var count = next.GetValueOrDefault(row.Id);
            var isRegion = item.IsCrowd && !regions.Contains(row.Id);
            if (row.HasInstances && !isRegion && count < CityscapesTable.Instances)
            {
                instances[index + 1] = (row.Id * CityscapesTable.Instances) + count;
                next[row.Id] = count + 1;
                continue;
            }

            instances[index + 1] = row.Id;
            tally.Add(LossKind.PartsMerged, image, index, regions.Add(row.Id) ? 0 : 1);
        }

        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, name)) ?? folder);
        LabelImageWriter.Write(LabelledObjects.Renumbered(layers.Labels, instances), ushort.MaxValue, Path.Combine(folder, name + CityscapesReader.InstanceIds));
        LabelImageWriter.Write(LabelledObjects.Renumbered(layers.Labels, labels), byte.MaxValue, Path.Combine(folder, name + CityscapesReader.LabelIds));
        using var stream = ResultFolder.Create(folder, name + CityscapesReader.Polygons);
        WritePolygons(stream, image, layers, classes);
    }

    private static void WritePolygons(Stream stream, AnnotatedImage image, ObjectLayers layers, Dictionary<long, CityscapesClass> classes)
    {
        using var json = CocoJson.Writer(stream);
        json.WriteStartObject();
        json.WriteNumber("imgHeight", image.Size.Height);
        json.WriteNumber("imgWidth", image.Size.Width);
        if (image.FileName.Length > 0)
        {
            json.WriteString("imgName", image.FileName);
        }

        json.WriteStartArray("objects");
        foreach (var (index, visible, _) in layers.Objects)
        {
            var item = image.Objects[index];
            json.WriteStartObject();
            json.WriteString("label", item.IsCrowd && classes[item.Category.Id].HasInstances ? item.Category.Name + "group" : item.Category.Name);
            json.WriteStartArray("polygon");
            foreach (var corner in OutlineJoining.Join(new MaskShape(visible).ToPolygons(image.Size)))
            {
                WritePair(json, corner.X, corner.Y);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WritePair(System.Text.Json.Utf8JsonWriter json, double x, double y)
    {
        json.WriteStartArray();
        json.WriteNumberValue(x);
        json.WriteNumberValue(y);
        json.WriteEndArray();
    }
}
