using Maskwright.Formats.Npy;
using Maskwright.Geometry;
using Maskwright.Images;
using Maskwright.Masks;

namespace Maskwright.Cli.Running;

/// <summary>Reads an earlier mask as the low-resolution logits that a prompt takes as a hint.</summary>
/// <remarks>
/// Logits are 256 x 256 over SAM's canvas of 1024 x 1024, where the image's longer side fills the canvas. A black-and-white image becomes logits of
/// +-6.9, the odds of a mask that is right in 999 pixels of 1,000.
/// </remarks>
internal static class MaskHintFile
{
    private const int Cells = 256;
    private const int Canvas = 1024;
    private const float Certain = 6.9f;

    /// <summary>Reads a file.</summary>
    /// <param name="path">A .npy file of 256 x 256 logits, or an image of the same size as the one to segment.</param>
    /// <param name="image">The size of the image to segment.</param>
    /// <exception cref="ToolException">The file does not fit the image.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static MaskLogits Read(string path, ImageSize image)
    {
        var isArray = Path.GetExtension(path).Equals(".npy", StringComparison.OrdinalIgnoreCase);
        return new MaskLogits(isArray ? FromArray(path) : FromPicture(path, image), Cells, Cells, Frame(image));
    }

    private static float[] FromArray(string path)
    {
        var array = NpyReader.Read(path);
        var fits = array.ElementType == NpyElementType.Float32 && array.Count == Cells * Cells && array.Shape.Count >= 2 && array.Shape[^1] == Cells;
        return fits
            ? array.ToArray<float>()
            : throw new ToolException(
                ExitCode.SomeInputsFailed,
                $"{path}: a mask hint is one map of 256 x 256 float32 logits, not {array.ElementType} of shape [{string.Join(", ", array.Shape)}]");
    }

    private static float[] FromPicture(string path, ImageSize image)
    {
        var picture = ImageOpener.Open(path, null);
        if (picture.Size != image)
        {
            throw new ToolException(ExitCode.SomeInputsFailed, $"{path}: the mask is {picture.Size}, but the image is {image}");
        }

        var frame = Frame(image);
        var values = new float[Cells * Cells];
        for (var i = 0; i < values.Length; i++)
        {
            // The centre of the cell, on the canvas and then on the image; outside the used part there is nothing.
            var (x, y) = (((i % Cells) + 0.5) * Canvas / Cells, ((i / Cells) + 0.5) * Canvas / Cells);
            var (px, py) = ((int)(x * image.Width / frame.UsedSize.Width), (int)(y * image.Height / frame.UsedSize.Height));
            values[i] = px < image.Width && py < image.Height && IsWhite(picture, px, py) ? Certain : -Certain;
        }

        return values;
    }

    private static bool IsWhite(RgbImage picture, int x, int y)
    {
        var pixel = picture.Row(y).Slice(x * 3, 3);
        return pixel[0] + pixel[1] + pixel[2] > 3 * 127;
    }

    private static LogitFrame Frame(ImageSize image)
    {
        var scale = (double)Canvas / image.LongestSide;
        var used = new ImageSize((int)((image.Width * scale) + 0.5), (int)((image.Height * scale) + 0.5));
        return new LogitFrame(new ImageSize(Canvas, Canvas), used, image);
    }
}
