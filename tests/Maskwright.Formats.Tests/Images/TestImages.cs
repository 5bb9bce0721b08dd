using Maskwright.Images;
using NetVips;
using Xunit;

namespace Maskwright.Formats.Tests.Images;

/// <summary>Pictures made on the spot, and files of every format.</summary>
internal static class TestImages
{
    /// <summary>Extensions of all formats that can be written here.</summary>
    public static TheoryData<string> Encodings => [".jpg", ".png", ".webp", ".tif", ".gif", ".avif", ".bmp"];

    /// <summary>A picture in which no two rows, columns or channels are alike.</summary>
    public static RgbImage Gradient(int width, int height)
    {
        var pixels = new byte[width * height * 3];
        for (var i = 0; i < width * height; i++)
        {
            var (x, y) = (i % width, i / width);
            pixels[i * 3] = (byte)(x * 255 / Math.Max(1, width - 1));
            pixels[(i * 3) + 1] = (byte)(y * 255 / Math.Max(1, height - 1));
            pixels[(i * 3) + 2] = (byte)((x * 7) ^ (y * 13));
        }

        return new RgbImage(width, height, pixels);
    }

    /// <summary>Samples as a libvips image.</summary>
    public static Image Vips<T>(T[] samples, int width, int height, Enums.BandFormat format, Enums.Interpretation interpretation)
        where T : unmanaged
    {
        using var plain = Image.NewFromMemory(samples, width, height, samples.Length / (width * height), format);
        return plain.Copy(interpretation: interpretation);
    }

    /// <summary>The bytes of a file of the format that the extension names; lossless where the format can.</summary>
    public static byte[] Encode(RgbImage image, string extension)
    {
        if (extension == ".bmp")
        {
            return Bitmap(image);
        }

        using var vips = Vips(image.Pixels.ToArray(), image.Width, image.Height, Enums.BandFormat.Uchar, Enums.Interpretation.Srgb);
        return vips.WriteToBuffer(extension switch
        {
            ".webp" or ".avif" => extension + "[lossless]",
            ".jpg" => ".jpg[Q=95]",
            _ => extension,
        });
    }

    private static byte[] Bitmap(RgbImage image)
    {
        var stride = ((image.Width * 3) + 3) & ~3;
        var file = new byte[54 + (stride * image.Height)];
        using var writer = new BinaryWriter(new MemoryStream(file));
        writer.Write("BM"u8);
        writer.Write(file.Length);
        writer.Write(0);
        writer.Write(54);
        writer.Write(40);
        writer.Write(image.Width);
        writer.Write(image.Height);
        writer.Write((short)1);
        writer.Write((short)24);
        for (var y = 0; y < image.Height; y++)
        {
            var row = file.AsSpan(54 + ((image.Height - 1 - y) * stride));
            for (var x = 0; x < image.Width * 3; x++)
            {
                row[x] = image.Row(y)[x - (x % 3) + 2 - (x % 3)];
            }
        }

        return file;
    }
}
