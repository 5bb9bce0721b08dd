using Maskwright.Datasets;
using Maskwright.Formats.Datasets;
using Maskwright.Formats.Folders;
using Maskwright.Formats.Labels;
using Maskwright.Geometry;
using Maskwright.Masks;

namespace Maskwright.Formats.Voc;

/// <summary>Reads data sets in PASCAL VOC's layout: <c>SegmentationObject</c>, <c>SegmentationClass</c>, <c>Annotations</c>, <c>JPEGImages</c>, <c>ImageSets</c>.</summary>
/// <remarks>
/// VOC 2012 development kit. Objects are the numbers of the object image, whose class is that of their pixels in the class image; without an object
/// image, all pixels of a class are one object; without either, objects are the boxes of the XML. The n-th object of the XML adds its flags and attributes to
/// object n, and is a box where no pixel has that number. 255 is void and belongs to nothing. Label images in colour are read by the colours of
/// <c>labelmap.txt</c>, object images by VOC's palette. Class names are those of <c>labelmap.txt</c> (CVAT), of
/// <c>class_names.txt</c> (LabelMe), or VOC's twenty.
/// </remarks>
public sealed class VocReader : IDatasetReader
{
    internal const string Objects = "SegmentationObject";
    internal const string Classes = "SegmentationClass";
    internal const string Annotations = "Annotations";
    internal const string Images = "JPEGImages";
    internal const string ImageSets = "ImageSets/Segmentation";

    /// <inheritdoc/>
    public string FormatName => "voc";

    /// <inheritdoc/>
    public string Description => "PASCAL VOC: a folder with SegmentationObject, SegmentationClass and Annotations";

    /// <inheritdoc/>
    public bool Recognises(string path) => Directory.Exists(path)
        && (Directory.Exists(Path.Combine(path, Objects)) || Directory.Exists(Path.Combine(path, Classes))
            || (Directory.Exists(Path.Combine(path, Annotations)) && FileBeginning.First(Path.Combine(path, Annotations), "*.xml") is { } xml && FileBeginning.Has(xml, "<annotation")));

    /// <inheritdoc/>
    public AnnotatedDataset Open(string path, DatasetReadOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= DatasetReadOptions.Default;
        var stems = Stems(path);
        var categories = VocNames.Read(path);
        AddNamed(categories, path, stems, options, cancellationToken);
        var (splits, colours) = (Splits(path), VocLabels.Of(path));
        var images = SoundItems.Read(stems, stem => ReadImage(path, stem, categories, colours, splits.GetValueOrDefault(stem), options), options, cancellationToken);
        return new AnnotatedDataset(categories, images) { ImageCount = stems.Count, ImageFolder = options.ImageFolder ?? Path.Combine(path, Images) };
    }

    private static List<string> Stems(string folder)
    {
        var stems = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var (below, extension) in ((string, string)[])[(Objects, ".png"), (Classes, ".png"), (Annotations, ".xml")])
        {
            var place = Path.Combine(folder, below);
            stems.UnionWith(Directory.Exists(place) ? ImageFiles.Below(place, name => name.EndsWith(extension, StringComparison.OrdinalIgnoreCase)).Select(FileNaming.WithoutExtension) : []);
        }

        return [.. stems];
    }

    // Names that only the XML has come after all others, since no pixel can have them.
    private static void AddNamed(List<DatasetCategory> categories, string folder, List<string> stems, DatasetReadOptions options, CancellationToken cancellationToken)
    {
        var known = categories.Select(category => category.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var xml in SoundItems.Read(stems, stem => Xml(folder, stem), options, cancellationToken))
        {
            foreach (var name in xml.Objects.Select(item => item.Name).Where(known.Add))
            {
                categories.Add(new DatasetCategory(Math.Max(LabelledObjects.Void, categories.Count == 0 ? 0 : categories[^1].Id) + 1, name));
            }
        }
    }

    private static Dictionary<string, string> Splits(string folder)
    {
        var splits = new Dictionary<string, string>(StringComparer.Ordinal);
        var place = Path.Combine(folder, ImageSets);
        foreach (var file in Directory.Exists(place) ? ImageFiles.Below(place, name => name.EndsWith(".txt", StringComparison.Ordinal)).Select(name => Path.Combine(place, name)) : [])
        {
            var split = Path.GetFileNameWithoutExtension(file);
            foreach (var stem in TextLines.Read(file).Select(line => line.Trim()).Where(line => line.Length > 0 && split != "trainval"))
            {
                splits.TryAdd(stem, split);
            }
        }

        return splits;
    }

    private static AnnotatedImage ReadImage(string folder, string stem, List<DatasetCategory> categories, Dictionary<int, int> colours, string? split, DatasetReadOptions options)
    {
        var xml = Xml(folder, stem);
        var byId = categories.ToDictionary(category => category.Id);
        var (objectPath, classPath) = (Path.Combine(folder, Objects, stem + ".png"), Path.Combine(folder, Classes, stem + ".png"));
        var numbers = File.Exists(objectPath) ? VocLabels.Read(objectPath, VocLabels.Palette, null) : null;
        var classes = File.Exists(classPath) ? VocLabels.Read(classPath, colours, numbers) : null;
        CheckSize(folder, stem, xml, (numbers ?? classes)?.Size);
        var found = ImageFiles.Find([options.ImageFolder, Path.Combine(folder, Images)], stem);
        var size = (numbers ?? classes)?.Size ?? xml?.Size ?? (found is { } at ? ImageFiles.SizeOf(Path.Combine(at.Folder, at.Name)) : throw new InvalidAnnotationException(XmlPath(folder, stem), null, "has no size, and the image is missing"));
        var objects = numbers is not null ? FromNumbers(numbers, classes, classPath, objectPath, xml, byId, categories)
            : classes is not null ? FromClasses(classes, classPath, byId)
            : (xml?.Objects ?? []).Select(item => Boxed(item, categories));
        return new AnnotatedImage(xml?.FileName ?? found?.Name ?? stem + ".jpg", size, [.. objects]) { Split = split };
    }

    private static void CheckSize(string folder, string stem, VocXml? xml, ImageSize? size)
    {
        if (size is not null && xml?.Size is { } stated && stated != size)
        {
            throw new InvalidAnnotationException(XmlPath(folder, stem), null, $"says that the image is {stated}, but its label image is {size}");
        }
    }

    private static IEnumerable<AnnotatedObject> FromNumbers(
        LabelMap numbers, LabelMap? classes, string classPath, string objectPath, VocXml? xml, Dictionary<long, DatasetCategory> byId, List<DatasetCategory> categories)
    {
        var listed = xml?.Objects ?? [];
        var masks = LabelledObjects.Of(numbers, hasVoid: true).ToDictionary();
        for (var number = 1; number <= Math.Max(listed.Count, masks.Count == 0 ? 0 : masks.Keys.Max()); number++)
        {
            var item = number <= listed.Count ? listed[number - 1] : null;
            if (!masks.TryGetValue(number, out var mask))
            {
                if (item is not null)
                {
                    yield return Boxed(item, categories);
                }

                continue;
            }

            var category = classes is not null ? LabelledObjects.Category(byId, LabelledObjects.ClassOf(mask, number, classes, classPath), classPath)
                : Named(item ?? throw new InvalidAnnotationException(objectPath, null, $"nothing says of what class object {number} is"), categories);
            var isListed = item is not null && item.Name == category.Name;
            yield return new AnnotatedObject(category, new MaskShape(mask)) { IsIgnored = isListed && item!.IsDifficult, Attributes = isListed ? item!.Attributes : DatasetAttributes.Empty }; // isListed says that item is there
        }
    }

    private static IEnumerable<AnnotatedObject> FromClasses(LabelMap classes, string path, Dictionary<long, DatasetCategory> byId) =>
        LabelledObjects.Of(classes, hasVoid: true).Select(entry => new AnnotatedObject(LabelledObjects.Category(byId, entry.Key, path), new MaskShape(entry.Value)));

    private static AnnotatedObject Boxed(VocObject item, List<DatasetCategory> categories) =>
        new(Named(item, categories), new BoxShape(item.Box)) { IsIgnored = item.IsDifficult, Attributes = item.Attributes };

    private static DatasetCategory Named(VocObject item, List<DatasetCategory> categories) => categories.First(category => category.Name == item.Name);

    private static string XmlPath(string folder, string stem) => Path.Combine(folder, Annotations, stem + ".xml");

    private static VocXml? Xml(string folder, string stem) => File.Exists(XmlPath(folder, stem)) ? VocXml.Read(XmlPath(folder, stem)) : null;
}
