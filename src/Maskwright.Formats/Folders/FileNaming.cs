using System.Globalization;
using Maskwright.Datasets;

namespace Maskwright.Formats.Folders;

/// <summary>Names the files that stand for images in a folder, so that each keeps to the folder and no two are the same.</summary>
internal sealed class FileNaming
{
    private readonly HashSet<string> _taken = new(StringComparer.OrdinalIgnoreCase);
    private int _count;

    /// <summary>The image's name within the data set with forward slashes; one made from its number or position when it has none.</summary>
    /// <exception cref="ArgumentException">The name leads out of the folder.</exception>
    public string NameOf(AnnotatedImage image)
    {
        _count++;
        var name = image.FileName.Replace('\\', '/');
        if (name.Length == 0)
        {
            return string.Create(CultureInfo.InvariantCulture, $"image-{image.Id ?? _count:000000}");
        }

        name = name.Contains("://", StringComparison.Ordinal) ? name[(name.LastIndexOf('/') + 1)..].Split('?')[0] : name;
        var parts = name.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return name.StartsWith('/') || parts.Length == 0 || parts.Any(part => part is ".." or ".") || name.Contains(':', StringComparison.Ordinal) || name.Contains('\0', StringComparison.Ordinal)
            ? throw new ArgumentException($"The image name '{image.FileName}' cannot name a file within a folder.")
            : string.Join('/', parts);
    }

    /// <summary>The name of the file that holds an image's annotations: the image's own with another extension.</summary>
    /// <param name="image">The image.</param>
    /// <param name="extension">The extension with its dot, or a suffix.</param>
    /// <exception cref="ArgumentException">The name leads out of the folder, or belongs to another image already.</exception>
    public string Next(AnnotatedImage image, string extension) => Next(image, name => WithoutExtension(name) + extension);

    /// <inheritdoc cref="Next(AnnotatedImage, string)"/>
    /// <param name="image">The image.</param>
    /// <param name="toFile">Makes the file's name of the image's.</param>
    public string Next(AnnotatedImage image, Func<string, string> toFile)
    {
        var file = toFile(NameOf(image));
        return _taken.Add(file) ? file : throw new ArgumentException($"Two images would share the file {file}; the second is '{image.FileName}'.");
    }

    /// <summary>A name without its last extension; a leading dot is part of the name.</summary>
    public static string WithoutExtension(string name)
    {
        var dot = name.LastIndexOf('.');
        return dot > name.LastIndexOf('/') + 1 ? name[..dot] : name;
    }
}
