using Maskwright.Formats.Images;
using Maskwright.Geometry;

namespace Maskwright.Cli.Running;

/// <summary>Refuses an image that would not fit into memory, before anything of it is decoded.</summary>
internal static class MemoryCheck
{
    // The decoded image, the overlay and the label map that it is drawn from, and what the decoder holds of the file: bytes a pixel.
    private const int BytesAPixel = 3 + 3 + 4 + 4;

    /// <summary>Compares the estimate with what is available.</summary>
    /// <param name="path">The image.</param>
    /// <param name="peakBytes">What the model takes at its peak for an image of a size.</param>
    /// <param name="maxPixels">The limit with which it will be read.</param>
    /// <param name="availableBytes">What this process can still take.</param>
    /// <exception cref="ToolException">It would not fit.</exception>
    public static void Run(string path, Func<ImageSize, long> peakBytes, long maxPixels, long availableBytes)
    {
        var size = ImageReader.Identify(path).Size;
        var needed = Estimate(size, peakBytes);
        if (needed > availableBytes && size.PixelCount <= maxPixels) // what is over the limit is refused by the reader, with that reason
        {
            throw new ToolException(
                ExitCode.Memory,
                $"{path}: an image of {size} needs about {ByteText.Of(needed)} of memory, and {ByteText.Of(availableBytes)} are available. "
                + "A smaller image or a smaller model needs less; --force tries nevertheless.");
        }
    }

    /// <summary>About how many bytes a run takes for an image of this size.</summary>
    public static long Estimate(ImageSize size, Func<ImageSize, long> peakBytes) =>
        (size.PixelCount * BytesAPixel) + peakBytes(size);
}
