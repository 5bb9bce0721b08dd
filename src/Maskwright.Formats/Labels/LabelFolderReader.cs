using System.Globalization;
using Maskwright.Datasets;
using Maskwright.Formats.Datasets;
using Maskwright.Formats.Folders;
using Maskwright.Masks;

namespace Maskwright.Formats.Labels;

/// <summary>Reads folders of label images: <c>instances</c> with a number for each object, <c>classes</c> with the class of each pixel, <c>classes.txt</c> with their names.</summary>
/// <remarks>
/// Labels are the numbers as stored, palette indices included; 0 is background. With both folders every object has the one class that its pixels have; with
/// <c>classes</c> alone all pixels of a class are one object; with <c>instances</c> alone, objects have no class. A folder of label images alone holds classes
/// when <c>classes.txt</c> stands in it, else instances. A class 255 of 8 bits that has no name is void and left out. Categories have their labels as ids. <c>images.tsv</c>, where
/// there is one, names the pictures, splits and ids.
/// </remarks>
public sealed class LabelFolderReader(LabelFileType type) : IDatasetReader
{
    /// <inheritdoc/>
    public string FormatName => type == LabelFileType.Png ? "label-png" : "label-tiff";

    /// <inheritdoc/>
    public string Description => type == LabelFileType.Png
        ? "Label images: a folder with instances/*.png, classes/*.png and classes.txt"
        : "Label images: a folder with instances/*.tif, classes/*.tif and classes.txt";

    /// <inheritdoc/>
    public bool Recognises(string path) => Directory.Exists(path)
        && (Has(Path.Combine(path, LabelFolderNames.Instances)) || Has(Path.Combine(path, LabelFolderNames.Classes)) || (File.Exists(Path.Combine(path, LabelFolderNames.NamesFile)) && Has(path)));

    /// <inheritdoc/>
    public AnnotatedDataset Open(string path, DatasetReadOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= DatasetReadOptions.Default;
        var (instances, classes) = Places(path);
        var files = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var place in ((string?[])[instances, classes]).OfType<string>())
        {
            files.UnionWith(ImageFiles.Below(place, name => LabelFolderNames.IsLabelImage(name, type)));
        }

        var categories = LabelFolderNames.Read(path);
        if (categories.Count == 0)
        {
            categories = classes is null ? [DatasetCategory.Unlabelled] : Numbers(files.Select(file => Path.Combine(classes, file)).Where(File.Exists), options, cancellationToken);
        }

        var list = LabelFolderImages.Read(path);
        var images = SoundItems.Read(files, file => ReadImage(path, instances, classes, file, categories, list[file], options), options, cancellationToken);
        return new AnnotatedDataset(categories, images) { ImageCount = files.Count, ImageFolder = options.ImageFolder };
    }

    private bool Has(string folder) => Directory.Exists(folder) && Directory.EnumerateFiles(folder).Any(name => LabelFolderNames.IsLabelImage(name, type));

    private static (string? Instances, string? Classes) Places(string path)
    {
        var (instances, classes) = (Path.Combine(path, LabelFolderNames.Instances), Path.Combine(path, LabelFolderNames.Classes));
        return Directory.Exists(instances) || Directory.Exists(classes) ? (Directory.Exists(instances) ? instances : null, Directory.Exists(classes) ? classes : null)
            : File.Exists(Path.Combine(path, LabelFolderNames.NamesFile)) ? (null, path) : (path, null);
    }

    // Without names the classes are called by their numbers.
    private static List<DatasetCategory> Numbers(IEnumerable<string> files, DatasetReadOptions options, CancellationToken cancellationToken)
    {
        var numbers = new SortedSet<int>();
        foreach (var labels in SoundItems.Read(files, file => LabelledObjects.Read(file, null), options, cancellationToken))
        {
            numbers.UnionWith(LabelledObjects.Of(labels, hasVoid: true).Select(entry => entry.Key));
        }

        return [.. numbers.Select(number => new DatasetCategory(number, number.ToString(CultureInfo.InvariantCulture)))];
    }

    private static AnnotatedImage ReadImage(string folder, string? instances, string? classes, string file, List<DatasetCategory> categories, LabelFolderImages.Entry? entry, DatasetReadOptions options)
    {
        var byId = categories.ToDictionary(category => category.Id);
        var (instancePath, classPath) = (instances is null ? null : Path.Combine(instances, file), classes is null ? null : Path.Combine(classes, file));
        var numbers = File.Exists(instancePath) ? LabelledObjects.Read(instancePath, null) : null;
        var labels = File.Exists(classPath) ? LabelledObjects.Read(classPath, numbers) : null;
        var hasVoid = !byId.ContainsKey(LabelledObjects.Void);
        var objects = (numbers, labels) switch
        {
            (not null, null) => LabelledObjects.Of(numbers, hasVoid: false).Select(entry => new AnnotatedObject(Unnamed(byId, instancePath!), new MaskShape(entry.Value)) { Id = entry.Key }), // numbers came from there
            (not null, not null) => LabelledObjects.Of(numbers, hasVoid: false).Select(entry => Object(entry.Key, entry.Value, labels, byId, classPath!)), // labels came from there
            _ => LabelledObjects.Of(labels!, hasVoid).Select(entry => new AnnotatedObject(LabelledObjects.Category(byId, entry.Key, classPath!), new MaskShape(entry.Value))), // one of both is there
        };
        var stem = FileNaming.WithoutExtension(file);
        return new AnnotatedImage(entry?.Image ?? ImageFiles.Find([options.ImageFolder, Path.Combine(folder, "images")], stem)?.Name ?? file, (numbers ?? labels)!.Size, [.. objects])
        {
            Id = entry?.Id,
            Split = entry?.Split,
        };
    }

    private static AnnotatedObject Object(int number, RunLengthMask mask, LabelMap labels, Dictionary<long, DatasetCategory> categories, string path) =>
        new(LabelledObjects.Category(categories, LabelledObjects.ClassOf(mask, number, labels, path), path), new MaskShape(mask)) { Id = number };

    private static DatasetCategory Unnamed(Dictionary<long, DatasetCategory> categories, string path) => categories.Count == 1
        ? categories.Values.First()
        : throw new InvalidAnnotationException(path, null, "nothing says of what class the objects are: there is no class image beside it");
}
