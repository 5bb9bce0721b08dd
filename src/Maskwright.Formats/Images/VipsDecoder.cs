using Maskwright.Geometry;
using Maskwright.Images;
using NetVips;

namespace Maskwright.Formats.Images;

/// <summary>Decodes with libvips, by the one loader that the content asks for.</summary>
internal static class VipsDecoder
{
    public static ImageInfo Identify(ImageSource source) => Run(source, allowDamaged: true, image => Describe(image, source.Format));

    public static RgbImage Read(ImageSource source, ImageReadOptions options, CancellationToken cancellationToken) =>
        Run(source, options.AllowDamaged, image => Decode(image, source.Name, options, cancellationToken));

    /// <summary>Opens an image, lets a function look at it, and closes it; faults of libvips become faults of the image.</summary>
    public static T Run<T>(ImageSource source, bool allowDamaged, Func<Image, T> use)
    {
        VipsRuntime.EnsureReady();
        try
        {
            using var bytes = source.OpenForVips();
            using var image = Open(bytes, source.Format, allowDamaged ? Enums.FailOn.None : Enums.FailOn.Error);
            return use(image);
        }
        catch (VipsException e) when (source.Format == ImageFormat.Heic)
        {
            throw new UnsupportedFormatException(source.Name, $"is a HEIC image that this build of libvips cannot decode ({VipsRuntime.Reason(e)})", e);
        }
        catch (VipsException e)
        {
            throw new InvalidImageException(source.Name, $"is a damaged or unusual {FileSignature.NameOf(source.Format)} image: {VipsRuntime.Reason(e)}", e);
        }
    }

    public static void CheckSize(string name, long width, long height, long maxPixels)
    {
        if (width * height > maxPixels)
        {
            throw new InvalidImageException(name, $"is {width}x{height}, {width * height / 1e6:0.#} million pixels; the limit is {maxPixels / 1e6:0.###} million");
        }
    }

    private static Image Open(Source bytes, ImageFormat format, Enums.FailOn failOn) => format switch
    {
        ImageFormat.Jpeg => Image.JpegloadSource(bytes, access: Enums.Access.Sequential, failOn: failOn),
        ImageFormat.Png => Image.PngloadSource(bytes, access: Enums.Access.Sequential, failOn: failOn),
        ImageFormat.WebP => Image.WebploadSource(bytes, access: Enums.Access.Sequential, failOn: failOn),
        ImageFormat.Tiff => Image.TiffloadSource(bytes, access: Enums.Access.Sequential, failOn: failOn),
        ImageFormat.Gif => Image.GifloadSource(bytes, access: Enums.Access.Sequential, failOn: failOn),
        _ => Image.HeifloadSource(bytes, access: Enums.Access.Sequential, failOn: failOn),
    };

    private static ImageInfo Describe(Image image, ImageFormat format)
    {
        var orientation = OrientationOf(image);
        var size = Orientation.SwapsSides(orientation) ? new ImageSize(image.Height, image.Width) : new ImageSize(image.Width, image.Height);
        var bits = image.Format switch
        {
            Enums.BandFormat.Uchar or Enums.BandFormat.Char => 8,
            Enums.BandFormat.Ushort or Enums.BandFormat.Short => 16,
            Enums.BandFormat.Double or Enums.BandFormat.Complex => 64,
            _ => 32,
        };
        var pages = image.Contains("n-pages") ? Math.Max(1, (int)image.Get("n-pages")) : 1;
        return new ImageInfo(size, format, orientation, image.Bands, bits, image.HasAlpha(), image.Contains("icc-profile-data"), pages);
    }

    private static RgbImage Decode(Image image, string name, ImageReadOptions options, CancellationToken cancellationToken)
    {
        CheckSize(name, image.Width, image.Height, options.MaxPixels);
        var orientation = options.ApplyOrientation ? OrientationOf(image) : 1;
        var (width, height) = (image.Width, image.Height);
        var pixels = ColourConversion.ToRgb(image, name, options, cancellationToken);
        if (orientation > 1)
        {
            cancellationToken.ThrowIfCancellationRequested();
            pixels = Orientation.Apply(pixels, width, height, orientation);
        }

        return Orientation.SwapsSides(orientation) ? new RgbImage(height, width, pixels) : new RgbImage(width, height, pixels);
    }

    private static int OrientationOf(Image image) => image.Contains("orientation") && image.Get("orientation") is int value and >= 1 and <= 8 ? value : 1;
}
