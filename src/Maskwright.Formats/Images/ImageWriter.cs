using System.Runtime.InteropServices;
using Maskwright.Images;
using Maskwright.Masks;
using NetVips;

namespace Maskwright.Formats.Images;

/// <summary>Writes images, masks and label maps. Files appear whole or not at all.</summary>
public static class ImageWriter
{
    private const int Compression = 6; // zlib's own default.

    /// <summary>Writes an image as RGB PNG.</summary>
    /// <param name="image">The image.</param>
    /// <param name="path">The file to write.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void WritePng(RgbImage image, string path) => Write(path, EncodePng(image));

    /// <summary>Writes a mask as 8-bit grey PNG: 255 inside, 0 outside, as SAM's <c>amg.py</c> does.</summary>
    /// <param name="mask">The mask.</param>
    /// <param name="path">The file to write.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void WritePng(BinaryMask mask, string path) => Write(path, EncodePng(mask));

    /// <summary>Writes labels as grey PNG: 8 bit where all labels are below 256, 16 bit otherwise.</summary>
    /// <param name="labels">Labels of 0 to 65535.</param>
    /// <param name="path">The file to write.</param>
    /// <exception cref="ArgumentException">A label is negative or above 65535.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void WritePng(LabelMap labels, string path) => Write(path, EncodePng(labels));

    /// <summary>Writes an image as JPEG, without subsampling of colours from quality 90 on.</summary>
    /// <param name="image">The image.</param>
    /// <param name="path">The file to write.</param>
    /// <param name="quality">1 to 100.</param>
    /// <exception cref="ArgumentOutOfRangeException">The quality is out of range, or a side is longer than JPEG's 65500 pixels.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void WriteJpeg(RgbImage image, string path, int quality = 90) => Write(path, EncodeJpeg(image, quality));

    /// <summary>The bytes of an RGB PNG file.</summary>
    /// <param name="image">The image.</param>
    public static byte[] EncodePng(RgbImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        return EncodePng(Pixels(image.Memory), image.Width, image.Height, 3, Enums.BandFormat.Uchar, Enums.Interpretation.Srgb);
    }

    /// <summary>The bytes of an 8-bit grey PNG file: 255 inside, 0 outside.</summary>
    /// <param name="mask">The mask.</param>
    public static byte[] EncodePng(BinaryMask mask)
    {
        ArgumentNullException.ThrowIfNull(mask);
        return EncodePng(Grey(mask), mask.Width, mask.Height, 1, Enums.BandFormat.Uchar, Enums.Interpretation.Bw);
    }

    /// <summary>The bytes of a grey PNG file: 8 bit where all labels are below 256, 16 bit otherwise.</summary>
    /// <param name="labels">Labels of 0 to 65535.</param>
    /// <exception cref="ArgumentException">A label is negative or above 65535.</exception>
    public static byte[] EncodePng(LabelMap labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        var (width, height) = (labels.Size.Width, labels.Size.Height);
        return Largest(labels) < 256
            ? EncodePng(Array.ConvertAll(labels.Labels.ToArray(), label => (byte)label), width, height, 1, Enums.BandFormat.Uchar, Enums.Interpretation.Bw)
            : EncodePng(Array.ConvertAll(labels.Labels.ToArray(), label => (ushort)label), width, height, 1, Enums.BandFormat.Ushort, Enums.Interpretation.Grey16);
    }

    /// <summary>The bytes of a JPEG file, without subsampling of colours from quality 90 on.</summary>
    /// <param name="image">The image.</param>
    /// <param name="quality">1 to 100.</param>
    /// <exception cref="ArgumentOutOfRangeException">The quality is out of range, or a side is longer than JPEG's 65500 pixels.</exception>
    public static byte[] EncodeJpeg(RgbImage image, int quality = 90)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentOutOfRangeException.ThrowIfLessThan(quality, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(quality, 100);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(image.Size.LongestSide, 65500, nameof(image));
        VipsRuntime.EnsureReady();
        using var plain = Image.NewFromMemory(Pixels(image.Memory), image.Width, image.Height, 3, Enums.BandFormat.Uchar);
        using var named = plain.Copy(interpretation: Enums.Interpretation.Srgb);
        return named.JpegsaveBuffer(q: quality, keep: Enums.ForeignKeep.None);
    }

    private static byte[] EncodePng<T>(T[] samples, int width, int height, int bands, Enums.BandFormat format, Enums.Interpretation interpretation)
        where T : unmanaged
    {
        VipsRuntime.EnsureReady();
        using var plain = Image.NewFromMemory(samples, width, height, bands, format);
        using var named = plain.Copy(interpretation: interpretation);
        return named.PngsaveBuffer(compression: Compression, keep: Enums.ForeignKeep.None);
    }

    // The images of this project hold plain arrays; anything else is copied.
    private static byte[] Pixels(ReadOnlyMemory<byte> pixels) =>
        MemoryMarshal.TryGetArray(pixels, out var segment) && segment.Array is { } array && array.Length == pixels.Length ? array : pixels.ToArray();

    private static byte[] Grey(BinaryMask mask)
    {
        var grey = new byte[mask.Size.PixelCount];
        for (var y = 0; y < mask.Height; y++)
        {
            var row = grey.AsSpan(checked(y * mask.Width), mask.Width);
            var words = mask.Row(y);
            for (var x = 0; x < row.Length; x++)
            {
                row[x] = (byte)-(int)(words[x >> 6] >> (x & 63) & 1);
            }
        }

        return grey;
    }

    private static int Largest(LabelMap labels)
    {
        var largest = 0;
        foreach (var label in labels.Labels)
        {
            if ((uint)label > ushort.MaxValue)
            {
                throw new ArgumentException($"The label {label} does not fit into a PNG: labels of 0 to 65535 do.", nameof(labels));
            }

            largest = Math.Max(largest, label);
        }

        return largest;
    }

    private static void Write(string path, byte[] content) => AtomicFile.Write(path, stream => stream.Write(content));
}
