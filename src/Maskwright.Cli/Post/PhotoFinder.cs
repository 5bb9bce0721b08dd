using Maskwright.Formats.Images;
using Maskwright.Images;

namespace Maskwright.Cli.Post;

/// <summary>Finds the photo that masks lie on: the one that was named, or the one of the right name in the folder that was named.</summary>
internal sealed class PhotoFinder(string? image, string? folder)
{
    private static readonly string[] _extensions = [".jpg", ".jpeg", ".png", ".webp", ".tif", ".tiff", ".bmp", ".gif", ".avif"];

    /// <summary>Whether the user said where photos are.</summary>
    public bool IsNamed => image is not null || folder is not null;

    /// <summary>The folder that the user named; null for none.</summary>
    public string? Folder => folder;

    /// <summary>Opens the photo of a file of masks.</summary>
    /// <param name="masks">The file of masks; the photo has its stem, or what stands before the stem's first dot.</param>
    /// <exception cref="ToolException">There is none.</exception>
    public RgbImage OpenFor(string masks)
    {
        if (image is not null)
        {
            return ImageReader.Read(image);
        }

        var stem = Path.GetFileNameWithoutExtension(masks);
        var found = (folder is null ? [] : new[] { stem, stem.Split('.')[0] }.SelectMany(name => _extensions.Select(extension => Path.Combine(folder, name + extension))))
            .FirstOrDefault(path => File.Exists(path) && Path.GetFullPath(path) != Path.GetFullPath(masks));
        return found is not null ? ImageReader.Read(found) : throw Missing(stem, folder);
    }

    /// <summary>Opens a photo of a data set.</summary>
    /// <param name="fileName">Its name in the data set.</param>
    /// <param name="ownFolder">Where the data set says that its images are.</param>
    /// <exception cref="ToolException">There is none.</exception>
    public RgbImage OpenIn(string fileName, string? ownFolder)
    {
        if (image is not null)
        {
            return ImageReader.Read(image);
        }

        var from = folder ?? ownFolder;
        string[] places = from is null ? [] : [Path.Combine(from, fileName), Path.Combine(from, Path.GetFileName(fileName))];
        return places.FirstOrDefault(File.Exists) is { } found ? ImageReader.Read(found) : throw Missing(fileName, from);
    }

    private static ToolException Missing(string name, string? folder) => new(ExitCode.SomeInputsFailed, folder is null
        ? $"a step needs the image {name}: name it with --image, or its folder with --images"
        : $"a step needs the image {name}, which is not in {folder}");
}
