using Maskwright.Formats.Folders;

namespace Maskwright.Formats.Yolo;

/// <summary>Where a label file, its image, and its split are.</summary>
/// <param name="LabelPath">The label file; need not exist, and then nothing is on the image.</param>
/// <param name="ImagePath">The image; null when none was found.</param>
/// <param name="Name">The image's name within the image folder; without extension when it was not found.</param>
/// <param name="Split">The split; null for none.</param>
internal sealed record YoloImage(string LabelPath, string? ImagePath, string Name, string? Split);

/// <summary>Finds the images of a data set, as Ultralytics does: <c>images</c> in a path becomes <c>labels</c>, the extension <c>.txt</c>.</summary>
internal sealed class YoloImages
{
    private readonly string _root;
    private readonly string? _givenImages;
    private readonly List<YoloImage> _found = [];
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    private YoloImages(string root, string? givenImages) => (_root, _givenImages) = (Path.GetFullPath(root), givenImages);

    /// <summary>The folder to which names are relative.</summary>
    public string ImageFolder => _givenImages ?? (Directory.Exists(Path.Combine(_root, "labels")) || Directory.Exists(Path.Combine(_root, "images")) ? Path.Combine(_root, "images") : _root);

    /// <summary>Finds all images.</summary>
    public static (string ImageFolder, IReadOnlyList<YoloImage> Images) Find(string root, YoloConfig? config, string? imageFolder)
    {
        var images = new YoloImages(root, imageFolder);
        foreach (var (split, source) in images.Splits(config))
        {
            images.AddSource(source, split);
        }

        images.AddRest();
        return (images.ImageFolder, images._found);
    }

    // Several splits over the same images are none.
    private IEnumerable<(string? Split, string Source)> Splits(YoloConfig? config)
    {
        var sources = (config?.Splits ?? []).Select(split => (split.Split, Source: Resolve(split.Source))).Where(split => split.Source is not null).ToList();
        return sources.GroupBy(split => split.Source, StringComparer.Ordinal).Select(group => (group.Count() > 1 && group.Key == Path.Combine(_root, "images") ? null : group.First().Split, group.Key ?? string.Empty));
    }

    // Roboflow writes "../train/images" for what lies beside the file.
    private string? Resolve(string source)
    {
        if (source.Contains('\0', StringComparison.Ordinal))
        {
            return null; // no file's name holds one
        }

        foreach (var name in (string[])[source, source.StartsWith("../", StringComparison.Ordinal) ? source[3..] : source])
        {
            var path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(Path.Combine(_root, name)));
            if (File.Exists(path) || Directory.Exists(path) || Directory.Exists(ToLabels(path)))
            {
                return path;
            }
        }

        return null;
    }

    private void AddSource(string source, string? split)
    {
        if (File.Exists(source) && source.EndsWith(".txt", StringComparison.OrdinalIgnoreCase))
        {
            foreach (var (number, line) in File.ReadLines(source).Index().Where(entry => entry.Item.Trim().Length > 0))
            {
                AddImage(line.Contains('\0', StringComparison.Ordinal)
                    ? throw new InvalidAnnotationException(source, number + 1, "the image's name holds a null character")
                    : Path.GetFullPath(Path.Combine(_root, line.Trim())), split);
            }

            return;
        }

        AddFolder(source, split);
    }

    private void AddFolder(string images, string? split)
    {
        var labels = ToLabels(images);
        var stems = new SortedDictionary<string, string?>(StringComparer.Ordinal);
        foreach (var label in Directory.Exists(labels) ? ImageFiles.Below(labels, name => name.EndsWith(".txt", StringComparison.OrdinalIgnoreCase)) : [])
        {
            stems[FileNaming.WithoutExtension(label)] = null;
        }

        foreach (var image in Directory.Exists(images) ? ImageFiles.Below(images, ImageFiles.IsImage) : [])
        {
            stems[FileNaming.WithoutExtension(image)] = image;
        }

        foreach (var (stem, image) in stems)
        {
            AddImage(Path.Combine(images, image ?? stem), split);
        }
    }

    // What no split names: all labels of the customary folder, else text files beside images.
    private void AddRest()
    {
        var labels = Path.Combine(_root, "labels");
        if (Directory.Exists(labels) || Directory.Exists(Path.Combine(_root, "images")))
        {
            var before = _found.Count;
            AddFolder(Path.Combine(_root, "images"), null);
            for (var i = before; i < _found.Count && before == 0; i++)
            {
                var slash = _found[i].Name.IndexOf('/', StringComparison.Ordinal);
                _found[i] = slash > 0 ? _found[i] with { Split = _found[i].Name[..slash] } : _found[i];
            }
        }
        else if (_found.Count == 0)
        {
            AddFolder(_root, null);
        }
    }

    private void AddImage(string image, string? split)
    {
        var isNamed = ImageFiles.IsImage(image);
        var stem = isNamed ? image[..^Path.GetExtension(image).Length] : image;
        var label = ToLabels(stem) + ".txt";
        if (!_seen.Add(label))
        {
            return;
        }

        var name = Path.GetRelativePath(CustomaryFolder, stem).Replace('\\', '/');
        var found = File.Exists(image) && isNamed ? (Folder: CustomaryFolder, Name: name + Path.GetExtension(image)) : ImageFiles.Find([_givenImages, CustomaryFolder], name) ?? Beside(name, split);
        _found.Add(new YoloImage(label, found is { } at ? Path.Combine(at.Folder, at.Name) : null, found?.Name ?? name, split));
    }

    // In a folder of images that has no folders for splits.
    private (string Folder, string Name)? Beside(string name, string? split) => _givenImages is not null && split is not null && name.StartsWith(split + "/", StringComparison.Ordinal)
        ? ImageFiles.Find([_givenImages], name[(split.Length + 1)..])
        : null;

    private string CustomaryFolder => Directory.Exists(Path.Combine(_root, "labels")) || Directory.Exists(Path.Combine(_root, "images")) ? Path.Combine(_root, "images") : _root;

    private static string ToLabels(string path)
    {
        var full = Path.TrimEndingDirectorySeparator(path).Replace('\\', '/') + "/";
        var at = full.LastIndexOf("/images/", StringComparison.Ordinal);
        return (at < 0 ? full : full[..at] + "/labels/" + full[(at + 8)..]).TrimEnd('/');
    }
}
