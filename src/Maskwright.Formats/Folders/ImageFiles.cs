using Maskwright.Formats.Images;
using Maskwright.Geometry;

namespace Maskwright.Formats.Folders;

/// <summary>Finds the pictures that annotations belong to, by their names without extension.</summary>
internal static class ImageFiles
{
    private static readonly string[] s_extensions = [".jpg", ".jpeg", ".png", ".webp", ".tif", ".tiff", ".bmp", ".gif", ".avif"];

    /// <summary>Whether a name is that of a picture.</summary>
    public static bool IsImage(string name) => s_extensions.Contains(Path.GetExtension(name), StringComparer.OrdinalIgnoreCase);

    /// <summary>Finds a picture.</summary>
    /// <param name="folders">Where to look, one after the other; null is passed over.</param>
    /// <param name="stem">The name without extension, relative to the folders, with forward slashes.</param>
    /// <returns>The folder and the name within it; null when there is none.</returns>
    public static (string Folder, string Name)? Find(IEnumerable<string?> folders, string stem)
    {
        foreach (var folder in folders.OfType<string>())
        {
            foreach (var extension in s_extensions)
            {
                var name = Exists(folder, stem + extension) ?? Exists(folder, stem + extension.ToUpperInvariant());
                if (name is not null)
                {
                    return (folder, name);
                }
            }
        }

        return null;
    }

    /// <summary>The size of a picture as it is stored, by its header.</summary>
    /// <exception cref="InvalidAnnotationException">The picture cannot be read.</exception>
    public static ImageSize SizeOf(string path)
    {
        try
        {
            return ImageReader.Identify(path).Size;
        }
        catch (Exception e) when (e is InvalidImageException or UnsupportedFormatException)
        {
            throw new InvalidAnnotationException(path, null, e.Message.StartsWith(path, StringComparison.Ordinal) ? e.Message[path.Length..].TrimStart(':', ' ') : e.Message, e);
        }
    }

    /// <summary>All files of a folder and those below it, in the order of their names.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="isWanted">Says which, by the name within the folder with forward slashes.</param>
    public static List<string> Below(string folder, Func<string, bool> isWanted)
    {
        var names = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/')).Where(isWanted).ToList();
        names.Sort(StringComparer.Ordinal);
        return names;
    }

    private static string? Exists(string folder, string name) => File.Exists(Path.Combine(folder, name)) ? name : null;
}
