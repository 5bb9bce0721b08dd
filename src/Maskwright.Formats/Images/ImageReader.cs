using Maskwright.Images;

namespace Maskwright.Formats.Images;

/// <summary>Reads images of many formats as upright 8-bit sRGB.</summary>
/// <remarks>
/// The format is told by content, never by extension: JPEG, PNG, WebP, TIFF, GIF, AVIF and BMP; HEIC where libvips has an HEVC decoder (the packaged
/// one has none). Of several pages or frames the first is read. Grey becomes three equal channels. CMYK without a profile becomes RGB by
/// <c>(255-C)(255-K)/255</c>, as in Pillow. Decoded bytes equal those of Pillow's <c>convert("RGB")</c> for JPEG, PNG, WebP, TIFF, GIF and BMP but for:
/// foreign ICC profiles (Pillow ignores them), 16-bit grey (Pillow clips it at 255; here the highest 8 bits count), transparent pixels of a GIF
/// (black here). 8-bit CIELAB TIFFs are refused by libvips. May be called from several threads at once.
/// Decoding is libvips' (BMP: Skia's); on first use its process-wide settings are set: no operation cache, two threads, untrusted loaders blocked.
/// </remarks>
public static class ImageReader
{
    /// <summary>Reads an image file.</summary>
    /// <param name="path">The file; a pipe works as well.</param>
    /// <param name="options">How to read; null for the defaults.</param>
    /// <param name="cancellationToken">Looked at while decoding.</param>
    /// <returns>The whole image, upright; never a part of one.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="UnsupportedFormatException">The file is something else than an image of these formats; the message says what.</exception>
    /// <exception cref="InvalidImageException">The file is empty, damaged, truncated, larger than allowed, a folder, or may not be read.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static RgbImage Read(string path, ImageReadOptions? options = null, CancellationToken cancellationToken = default)
        => Read(ImageSource.FromFile(path), options, cancellationToken);

    /// <summary>Reads an image from a stream.</summary>
    /// <param name="stream">Read from its position to its end into memory; left open.</param>
    /// <param name="name">The name by which errors call the image.</param>
    /// <param name="options">How to read; null for the defaults.</param>
    /// <param name="cancellationToken">Looked at while decoding.</param>
    /// <inheritdoc cref="Read(string, ImageReadOptions?, CancellationToken)" path="/returns"/>
    /// <inheritdoc cref="Read(string, ImageReadOptions?, CancellationToken)" path="/exception"/>
    public static RgbImage Read(Stream stream, string name, ImageReadOptions? options = null, CancellationToken cancellationToken = default)
        => Read(ImageSource.FromStream(stream, name), options, cancellationToken);

    /// <summary>Reads an image from memory.</summary>
    /// <param name="content">The bytes of an image file.</param>
    /// <param name="name">The name by which errors call the image.</param>
    /// <param name="options">How to read; null for the defaults.</param>
    /// <param name="cancellationToken">Looked at while decoding.</param>
    /// <inheritdoc cref="Read(string, ImageReadOptions?, CancellationToken)" path="/returns"/>
    /// <inheritdoc cref="Read(string, ImageReadOptions?, CancellationToken)" path="/exception"/>
    public static RgbImage Read(ReadOnlyMemory<byte> content, string name, ImageReadOptions? options = null, CancellationToken cancellationToken = default)
        => Read(ImageSource.FromBytes(content, name), options, cancellationToken);

    /// <summary>Reads only the header of an image file.</summary>
    /// <param name="path">The file; a pipe works as well.</param>
    /// <returns>Size, format and kind of pixels. No size is too large to be told.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="UnsupportedFormatException">The file is something else than an image of these formats; the message says what.</exception>
    /// <exception cref="InvalidImageException">The header is damaged, or the file is empty, a folder, or may not be read.</exception>
    public static ImageInfo Identify(string path) => Identify(ImageSource.FromFile(path));

    /// <summary>Reads only the header of an image in memory.</summary>
    /// <param name="content">The bytes of an image file.</param>
    /// <param name="name">The name by which errors call the image.</param>
    /// <inheritdoc cref="Identify(string)" path="/returns"/>
    /// <inheritdoc cref="Identify(string)" path="/exception"/>
    public static ImageInfo Identify(ReadOnlyMemory<byte> content, string name) => Identify(ImageSource.FromBytes(content, name));

    private static RgbImage Read(ImageSource source, ImageReadOptions? options, CancellationToken cancellationToken)
    {
        options ??= ImageReadOptions.Default;
        options.Validate();
        cancellationToken.ThrowIfCancellationRequested();
        return source.Format == ImageFormat.Bmp ? BmpDecoder.Read(source, options) : VipsDecoder.Read(source, options, cancellationToken);
    }

    private static ImageInfo Identify(ImageSource source) => source.Format == ImageFormat.Bmp ? BmpDecoder.Identify(source) : VipsDecoder.Identify(source);
}
