using System.Runtime.InteropServices;
using NetVips;

namespace Maskwright.Formats.Images;

/// <summary>Takes pixels out of libvips a band of rows at a time, so that no second copy of the image exists and cancelling takes effect soon.</summary>
internal static class PixelRows
{
    private const int RowsAtOnce = 128; // A multiple of the tile heights and strip heights in use.

    /// <summary>Calls a function with the raw samples of one row after the other.</summary>
    public static void ForEach(Image image, Action<int, ReadOnlyMemory<byte>> row, CancellationToken cancellationToken)
    {
        using var region = Region.New(image);
        for (var top = 0; top < image.Height; top += RowsAtOnce)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var rows = Math.Min(RowsAtOnce, image.Height - top);
            var samples = region.Fetch(0, top, image.Width, rows).AsMemory();
            var stride = samples.Length / rows;
            for (var y = 0; y < rows; y++)
            {
                row(top + y, samples.Slice(y * stride, stride));
            }
        }
    }

    /// <summary>Decodes 8-bit or unsigned 16-bit grey, RGB or CMYK with or without further channels.</summary>
    /// <returns>[H,W,3].</returns>
    public static byte[] ToRgb(Image image, CancellationToken cancellationToken)
    {
        var (width, bands) = (image.Width, image.Bands);
        var isCmyk = image.Interpretation == Enums.Interpretation.Cmyk && bands >= 4;
        var isWide = image.Format == Enums.BandFormat.Ushort;
        var pixels = new byte[(long)width * image.Height * 3];
        var narrow = isWide ? new byte[width * bands] : [];
        ForEach(
            image,
            (y, samples) =>
            {
                var to = pixels.AsSpan(checked(y * width * 3), width * 3);
                var from = isWide ? HighBytes(samples.Span, narrow) : samples.Span;
                Convert(from, bands, isCmyk, to);
            },
            cancellationToken);
        return pixels;
    }

    private static void Convert(ReadOnlySpan<byte> from, int bands, bool isCmyk, Span<byte> to)
    {
        if (bands == 3)
        {
            from.CopyTo(to);
            return;
        }

        var colour = bands >= 3 ? 1 : 0;
        for (int i = 0, o = 0; o < to.Length; i += bands, o += 3)
        {
            to[o] = from[i];
            to[o + 1] = from[i + colour];
            to[o + 2] = from[i + (2 * colour)];
            if (isCmyk)
            {
                RemoveInk(to.Slice(o, 3), 255 - from[i + 3]);
            }
        }
    }

    // The light that is left under black ink and one colour; rounded as Pillow does.
    private static void RemoveInk(Span<byte> inks, int light)
    {
        foreach (ref var ink in inks)
        {
            var product = (ink * light) + 128;
            ink = (byte)Math.Max(0, light - (((product >> 8) + product) >> 8));
        }
    }

    private static ReadOnlySpan<byte> HighBytes(ReadOnlySpan<byte> samples, byte[] narrow)
    {
        var wide = MemoryMarshal.Cast<byte, ushort>(samples);
        for (var i = 0; i < wide.Length; i++)
        {
            narrow[i] = (byte)(wide[i] >> 8);
        }

        return narrow;
    }
}
