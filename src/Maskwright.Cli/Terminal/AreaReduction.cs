using Maskwright.Images;

namespace Maskwright.Cli.Terminal;

/// <summary>Makes a picture small enough for a terminal: each pixel is the mean of those it stands for. Never enlarges.</summary>
internal static class AreaReduction
{
    /// <summary>Fits a picture into a box, keeping its proportions.</summary>
    public static RgbImage Fit(RgbImage image, int maxWidth, int maxHeight)
    {
        var scale = Math.Min(1, Math.Min((double)maxWidth / image.Width, (double)maxHeight / image.Height));
        var (width, height) = (Math.Max(1, (int)(image.Width * scale)), Math.Max(1, (int)(image.Height * scale)));
        if (width == image.Width && height == image.Height)
        {
            return image;
        }

        var pixels = new byte[width * height * 3];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                Mean(image, Range(x, width, image.Width), Range(y, height, image.Height), pixels.AsSpan(((y * width) + x) * 3, 3));
            }
        }

        return new RgbImage(width, height, pixels);
    }

    private static (int Start, int End) Range(int index, int count, int length)
    {
        var start = (int)((long)index * length / count);
        return (start, Math.Max(start + 1, (int)((long)(index + 1) * length / count)));
    }

    private static void Mean(RgbImage image, (int Start, int End) columns, (int Start, int End) rows, Span<byte> target)
    {
        long r = 0, g = 0, b = 0;
        for (var y = rows.Start; y < rows.End; y++)
        {
            var row = image.Row(y);
            for (var x = columns.Start; x < columns.End; x++)
            {
                r += row[x * 3];
                g += row[(x * 3) + 1];
                b += row[(x * 3) + 2];
            }
        }

        var count = (long)(columns.End - columns.Start) * (rows.End - rows.Start);
        (target[0], target[1], target[2]) = ((byte)(r / count), (byte)(g / count), (byte)(b / count));
    }
}
