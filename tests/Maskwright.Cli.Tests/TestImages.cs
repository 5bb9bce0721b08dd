using Maskwright.Formats.Images;
using Maskwright.Images;

namespace Maskwright.Cli.Tests;

/// <summary>Small images on disk.</summary>
internal static class TestImages
{
    /// <summary>Dark blue with a bright square in the middle.</summary>
    public static RgbImage Square(int width = 48, int height = 32)
    {
        var pixels = new byte[width * height * 3];
        for (var i = 0; i < width * height; i++)
        {
            var (x, y) = (i % width, i / width);
            var isInside = x >= width / 4 && x < width * 3 / 4 && y >= height / 4 && y < height * 3 / 4;
            (pixels[i * 3], pixels[(i * 3) + 1], pixels[(i * 3) + 2]) = isInside ? ((byte)230, (byte)200, (byte)40) : ((byte)20, (byte)30, (byte)90);
        }

        return new RgbImage(width, height, pixels);
    }

    public static void WriteSquare(string path, int width = 48, int height = 32)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!); // the path has a folder
        ImageWriter.WritePng(Square(width, height), path);
    }
}
