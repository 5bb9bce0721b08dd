using Maskwright.Formats.Images;
using Maskwright.Geometry;
using Maskwright.Images;

namespace Maskwright.Cli.Evaluation.Reports;

/// <summary>Finds the photos under worst cases. They are a help, not the result: where one is missing, outlines stand on a plain ground.</summary>
internal static class CaseImages
{
    private static readonly string[] s_endings = ["", ".jpg", ".jpeg", ".png", ".webp", ".tif", ".tiff", ".bmp"];

    /// <summary>Reads an image.</summary>
    /// <param name="folder">Where images lie; null for nowhere.</param>
    /// <param name="name">A file name, with the image's ending or another.</param>
    /// <param name="size">The size that it must have.</param>
    /// <returns>Null when there is none of that name and size.</returns>
    public static RgbImage? Find(string? folder, string name, ImageSize size)
    {
        if (folder is null)
        {
            return null;
        }

        var stem = Path.ChangeExtension(name, null);
        var path = s_endings.SelectMany(ending => (string[])[name + ending, stem + ending]).Select(file => Path.Combine(folder, file)).FirstOrDefault(File.Exists);
        try
        {
            return path is not null && ImageReader.Identify(path).Size == size ? ImageReader.Read(path) : null;
        }
        catch (IOException)
        {
            return null;
        }
    }
}
