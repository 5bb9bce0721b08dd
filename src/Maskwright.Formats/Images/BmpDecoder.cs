using Maskwright.Geometry;
using Maskwright.Images;
using SkiaSharp;

namespace Maskwright.Formats.Images;

/// <summary>Decodes Windows bitmaps with Skia, since libvips has no loader for them.</summary>
internal static class BmpDecoder
{
    public static ImageInfo Identify(ImageSource source)
    {
        using var codec = Open(source);
        var size = new ImageSize(codec.Info.Width, codec.Info.Height);
        var hasAlpha = codec.Info.AlphaType != SKAlphaType.Opaque;
        return new ImageInfo(size, ImageFormat.Bmp, 1, hasAlpha ? 4 : 3, 8, hasAlpha, HasColourProfile: false, Pages: 1);
    }

    public static RgbImage Read(ImageSource source, ImageReadOptions options)
    {
        using var codec = Open(source);
        VipsDecoder.CheckSize(source.Name, codec.Info.Width, codec.Info.Height, options.MaxPixels);
        var info = new SKImageInfo(codec.Info.Width, codec.Info.Height, SKColorType.Rgba8888, SKAlphaType.Unpremul);
        using var bitmap = new SKBitmap();
        if (!bitmap.TryAllocPixels(info))
        {
            throw new InvalidImageException(source.Name, $"is {info.Width}x{info.Height}: there is not enough memory for it");
        }

        var result = codec.GetPixels(info, bitmap.GetPixels());
        if (result != SKCodecResult.Success && !(options.AllowDamaged && result is SKCodecResult.IncompleteInput or SKCodecResult.ErrorInInput))
        {
            throw new InvalidImageException(source.Name, result == SKCodecResult.IncompleteInput ? "is a truncated BMP image" : $"is a damaged BMP image: {result}");
        }

        return new RgbImage(info.Width, info.Height, Opaque(bitmap.GetPixelSpan(), options.Background));
    }

    private static SKCodec Open(ImageSource source)
    {
        using var stream = source.OpenStream();
        using var data = SKData.Create(stream);
        return SKCodec.Create(data) ?? throw new InvalidImageException(source.Name, "is a damaged or unusual BMP image: its header cannot be used");
    }

    private static byte[] Opaque(ReadOnlySpan<byte> rgba, (byte Red, byte Green, byte Blue)? background)
    {
        var pixels = new byte[rgba.Length / 4 * 3];
        var (red, green, blue) = background ?? default;
        for (int i = 0, o = 0; i < rgba.Length; i += 4, o += 3)
        {
            var alpha = background is null ? 255 : rgba[i + 3];
            pixels[o] = Over(rgba[i], red, alpha);
            pixels[o + 1] = Over(rgba[i + 1], green, alpha);
            pixels[o + 2] = Over(rgba[i + 2], blue, alpha);
        }

        return pixels;
    }

    private static byte Over(int colour, int under, int alpha) => (byte)(((colour * alpha) + (under * (255 - alpha)) + 127) / 255);
}
