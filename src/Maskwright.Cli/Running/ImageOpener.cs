using Maskwright.Formats.Images;
using Maskwright.Images;

namespace Maskwright.Cli.Running;

/// <summary>Opens images with the limit that the user set.</summary>
internal static class ImageOpener
{
    /// <summary>Reads an image whole.</summary>
    public static RgbImage Open(string path, long? maxPixels, CancellationToken cancellationToken = default) => ImageReader.Read(path, Options(maxPixels), cancellationToken);

    /// <summary>The settings with which images are read.</summary>
    public static ImageReadOptions Options(long? maxPixels) =>
        maxPixels is { } limit ? ImageReadOptions.Default with { MaxPixels = Math.Min(limit, ImageReadOptions.LargestMaxPixels) } : ImageReadOptions.Default;
}
