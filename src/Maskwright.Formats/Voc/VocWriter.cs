using Maskwright.Datasets;
using Maskwright.Formats.Datasets;
using Maskwright.Formats.Folders;
using Maskwright.Formats.Labels;
using Maskwright.Formats.Shapes;
using Maskwright.Metrics;

namespace Maskwright.Formats.Voc;

/// <summary>Writes a data set in PASCAL VOC's layout: <c>SegmentationObject</c> and <c>SegmentationClass</c> in VOC's palette, <c>Annotations</c>, <c>ImageSets</c>, and <c>labelmap.txt</c>.</summary>
/// <remarks>
/// Every pixel belongs to one object: small objects lie over large ones. Objects of which only the box is known stand in the XML alone. Objects of the category
/// <c>__ignore__</c> become void, 255. An image holds 254 objects at most. Pictures are not copied; they belong into <c>JPEGImages</c>.
/// </remarks>
public sealed class VocWriter : IDatasetWriter
{
    private const int MostObjects = 254;

    private static readonly string[] s_folders = [VocReader.Objects, VocReader.Classes, VocReader.Annotations, "ImageSets"];

    /// <inheritdoc/>
    public string FormatName => "voc";

    /// <inheritdoc/>
    public string Description => "PASCAL VOC: a folder with SegmentationObject, SegmentationClass and Annotations";

    /// <inheritdoc/>
    public DatasetFeatures Features =>
        DatasetFeatures.ExactPixels | DatasetFeatures.Holes | DatasetFeatures.Parts | DatasetFeatures.BoxShapes | DatasetFeatures.IgnoreFlags | DatasetFeatures.Attributes
        | DatasetFeatures.Categories | DatasetFeatures.UnusedCategories | DatasetFeatures.FileNames | DatasetFeatures.SeveralImages | DatasetFeatures.EmptyImages | DatasetFeatures.Splits;

    /// <inheritdoc/>
    public bool WritesFolder => true;

    /// <inheritdoc/>
    public LossReport Write(AnnotatedDataset dataset, string path, DatasetWriteOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        options ??= DatasetWriteOptions.Default;
        var classes = Classes(dataset.Categories);
        var tally = new LossTally(Features);
        tally.Start(dataset);
        tally.AddRenumbered(dataset.Categories, (category, _) => classes[category.Id]);
        ResultFolder.Write(path, options.Overwrite, IsResult, folder => WriteAll(dataset, folder, classes, tally, cancellationToken));
        return tally.ToReport();
    }

    private static bool IsResult(string name) => name is VocNames.LabelMapFile or VocNames.NamesFile || Array.Exists(s_folders, folder => name.StartsWith(folder + "/", StringComparison.Ordinal));

    private static Dictionary<long, int> Classes(IReadOnlyList<DatasetCategory> categories)
    {
        var listed = categories.Where(category => category.Name != LabelMe.LabelMeReader.Ignored).ToList();
        if (listed.Count > VocNames.MostClasses)
        {
            throw new ArgumentException($"VOC's label images hold {VocNames.MostClasses} categories, not {listed.Count}.");
        }

        var classes = listed.Select((category, index) => (category.Id, Class: index + 1)).ToDictionary(entry => entry.Id, entry => entry.Class);
        foreach (var ignored in categories.Where(category => category.Name == LabelMe.LabelMeReader.Ignored))
        {
            classes[ignored.Id] = LabelledObjects.Void;
        }

        return classes;
    }

    private static void WriteAll(
        AnnotatedDataset dataset, string folder, Dictionary<long, int> classes, LossTally tally, CancellationToken cancellationToken)
    {
        VocNames.Write(folder, [.. dataset.Categories.Where(category => category.Name != LabelMe.LabelMeReader.Ignored)]);
        var splits = new SplitLists();
        var naming = new FileNaming();
        foreach (var image in dataset.Images)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var stem = naming.Next(image, string.Empty);
            WriteImage(folder, stem, image, classes, tally);
            splits.Add(image, stem, tally);
            tally.Add(image);
        }

        splits.Write(Path.Combine(folder, VocReader.ImageSets));
    }

    private static void WriteImage(string folder, string stem, AnnotatedImage image, Dictionary<long, int> classes, LossTally tally)
    {
        var regions = image.Objects.Where(item => item.Shape is not BoxShape).ToList();
        var layers = ObjectLayers.Of(image with { Objects = regions }, tally);
        var listed = Listed(image, layers, classes, tally);
        var label = new int[regions.Count + 1];
        var number = new int[regions.Count + 1];
        foreach (var (index, _, _) in layers.Objects)
        {
            label[index + 1] = classes[regions[index].Category.Id];
            number[index + 1] = listed.FindIndex(entry => entry.Region == index) is >= 0 and var place ? place + 1 : LabelledObjects.Void;
        }

        WriteLabels(folder, VocReader.Objects, stem, LabelledObjects.Renumbered(layers.Labels, number));
        WriteLabels(folder, VocReader.Classes, stem, LabelledObjects.Renumbered(layers.Labels, label));
        using var xml = ResultFolder.Create(folder, $"{VocReader.Annotations}/{stem}.xml");
        VocXml.Write(xml, image, image.FileName.Length > 0 ? image.FileName : stem + ".jpg", listed.Select(entry => (entry.Item, entry.Box)), isSegmented: layers.Objects.Count > 0);
    }

    // The objects of the XML in the image's order; a pixel's number is its object's place here.
    private static List<(AnnotatedObject Item, int Region, ObjectBox Box)> Listed(AnnotatedImage image, ObjectLayers layers, Dictionary<long, int> classes, LossTally tally)
    {
        var listed = new List<(AnnotatedObject, int, ObjectBox)>();
        var seen = layers.Objects.ToDictionary(entry => entry.Index, entry => entry.Visible);
        for (int i = 0, region = -1; i < image.Objects.Count; i++)
        {
            var item = image.Objects[i];
            var visible = item.Shape is BoxShape ? null : seen.GetValueOrDefault(++region);
            if (item.Shape is not BoxShape && visible is null)
            {
                continue; // wholly beneath others, and counted already
            }

            if (classes[item.Category.Id] == LabelledObjects.Void || listed.Count == MostObjects)
            {
                tally.Drop(image, i);
                continue;
            }

            var box = item.Shape is BoxShape shape ? shape.Box : ObjectBox.Around(visible!.Bounds); // null only for boxes
            tally.Add(LossKind.CoordinatesRounded, image, i, Rounding.IsSeen(Numbers(box), Numbers(Reread(box))) ? 1 : 0);
            listed.Add((item, item.Shape is BoxShape ? -1 : region, box));
        }

        return listed;
    }

    private static double[] Numbers(ObjectBox box) => [box.X, box.Y, box.Width, box.Height];

    private static ObjectBox Reread(ObjectBox box)
    {
        var (left, top) = (box.X + 1 - 1, box.Y + 1 - 1);
        return new ObjectBox(left, top, box.X + box.Width - left, box.Y + box.Height - top);
    }

    private static void WriteLabels(string folder, string below, string stem, Masks.LabelMap labels)
    {
        var path = Path.Combine(folder, below, stem + ".png");
        Directory.CreateDirectory(Path.GetDirectoryName(path) ?? folder);
        LabelImageWriter.Write(labels, LabelledObjects.Void, path, withPalette: true);
    }
}
