using Maskwright.Images;
using SkiaSharp;

namespace Maskwright.Formats.Overlays;

/// <summary>Takes pictures to the drawing library and back.</summary>
internal static class SkiaPixels
{
    public static SKBitmap ToBitmap(RgbImage picture)
    {
        var bitmap = new SKBitmap(new SKImageInfo(picture.Width, picture.Height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        var to = bitmap.GetPixelSpan();
        var from = picture.Pixels;
        for (int i = 0, j = 0; i < from.Length; i += 3, j += 4)
        {
            from.Slice(i, 3).CopyTo(to[j..]);
            to[j + 3] = byte.MaxValue;
        }

        return bitmap;
    }

    public static RgbImage FromBitmap(SKBitmap bitmap)
    {
        var from = bitmap.GetPixelSpan();
        var pixels = new byte[from.Length / 4 * 3];
        for (int i = 0, j = 0; i < pixels.Length; i += 3, j += 4)
        {
            from.Slice(j, 3).CopyTo(pixels.AsSpan(i));
        }

        return new RgbImage(bitmap.Width, bitmap.Height, pixels);
    }
}
