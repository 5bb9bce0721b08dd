using System.Text;
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
        ResultFolder.Write(path, options.Overwrite, IsResult, folder => WriteAll(dataset, folder, classes, options, tally, cancellationToken));
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
        AnnotatedDataset dataset, string folder, Dictionary<long, int> classes, DatasetWriteOptions options, LossTally tally, CancellationToken cancellationToken)
    {
        VocNames.Write(folder, [.. dataset.Categories.Where(category => category.Name != LabelMe.LabelMeReader.Ignored)]);
        var splits = new SplitLists();
        var naming = new FileNaming();
        foreach (var image in dataset.Images)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var stem = naming.Next(image, string.Empty);
            WriteImage(folder, stem, image, classes, options, tally);
            splits.Add(image, stem, tally);
            tally.Add(image);
        }

        splits.Write(Path.Combine(folder, VocReader.ImageSets));
    }

    private static void WriteImage(string folder, string stem, AnnotatedImage image, Dictionary<long, int> classes, DatasetWriteOptions options, LossTally tally)
    {
        var shown = new List<int>();
        var isVoid = new HashSet<int>();
        for (var i = 0; i < image.Objects.Count; i++)
        {
            (classes[image.Objects[i].Category.Id] == LabelledObjects.Void ? isVoid : (ICollection<int>)shown).Add(i);
        }

        foreach (var index in shown.Skip(MostObjects))
        {
            tally.Drop(image, index);
        }

        var listed = shown.Take(MostObjects).ToList();
        var regions = listed.Where(i => image.Objects[i].Shape is not BoxShape).Concat(isVoid).Order().ToList();
        var painted = PaintedObjects.Paint(new ShapeWriting(image, options, tally), regions, int.MaxValue, tally);
        WriteFiles(folder, stem, image, painted, [.. listed.Except(regions.Except(painted.Kept))], classes, tally);
        foreach (var index in painted.Kept.Where(isVoid.Contains))
        {
            tally.Drop(image, index);
        }
    }

    // A pixel's number is its object's place in the XML.
    private static void WriteFiles(
        string folder, string stem, AnnotatedImage image, PaintedObjects painted, List<int> listed, Dictionary<long, int> classes, LossTally tally)
    {
        WriteLabels(folder, VocReader.Objects, stem, painted.Labels(index => listed.IndexOf(index) is >= 0 and var place ? place + 1 : LabelledObjects.Void));
        WriteLabels(folder, VocReader.Classes, stem, painted.Labels(index => classes[image.Objects[index].Category.Id]));
        var boxes = painted.Kept.Zip(painted.Visible).ToDictionary(entry => entry.First, entry => ObjectBox.Around(entry.Second.Bounds));
        foreach (var index in listed.Where(index => !boxes.ContainsKey(index)))
        {
            var box = boxes[index] = ((BoxShape)image.Objects[index].Shape).Box;
            tally.Add(LossKind.CoordinatesRounded, image, index, IsRounded(box.X, box.Width) || IsRounded(box.Y, box.Height) ? 1 : 0);
        }

        using var xml = ResultFolder.Create(folder, $"{VocReader.Annotations}/{stem}.xml");
        VocXml.Write(xml, image, image.FileName.Length > 0 ? image.FileName : stem + ".jpg", listed.Select(index => (image.Objects[index], boxes[index])), isSegmented: painted.Kept.Count > 0);
    }

    private static bool IsRounded(double start, double length) => start + 1 - 1 != start || start + length - (start + 1 - 1) != length;

    private static void WriteLabels(string folder, string below, string stem, Masks.LabelMap labels)
    {
        var path = Path.Combine(folder, below, stem + ".png");
        Directory.CreateDirectory(Path.GetDirectoryName(path) ?? folder);
        LabelImageWriter.Write(labels, LabelledObjects.Void, path, withPalette: true);
    }
}
