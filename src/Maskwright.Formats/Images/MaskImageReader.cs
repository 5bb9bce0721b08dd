using System.Runtime.InteropServices;
using Maskwright.Geometry;
using Maskwright.Masks;
using NetVips;

namespace Maskwright.Formats.Images;

/// <summary>Reads masks and label maps that are stored as images.</summary>
/// <remarks>Labels are the numbers as stored: palette indices rather than colours, and 0 or 1 for one bit. EXIF orientation and colour profiles are ignored.</remarks>
public static class MaskImageReader
{
    private const int Half = 128;

    /// <summary>Reads one label a pixel.</summary>
    /// <param name="path">A grey image of 1 to 32 bit, a palette PNG (its indices), or a colour image whose three channels are equal. No lossy format.</param>
    /// <param name="options">Limits; null for the defaults. Only <see cref="ImageReadOptions.MaxPixels"/> matters.</param>
    /// <param name="cancellationToken">Looked at while decoding.</param>
    /// <returns>The labels, 0 and above.</returns>
    /// <exception cref="InvalidAnnotationException">The image is in colour, lossy, or has samples that are no labels.</exception>
    /// <inheritdoc cref="ImageReader.Read(string, ImageReadOptions?, CancellationToken)" path="/exception"/>
    public static LabelMap ReadLabels(string path, ImageReadOptions? options = null, CancellationToken cancellationToken = default)
    {
        var source = ImageSource.FromFile(path);
        if (IsLossy(source.Format))
        {
            throw new InvalidAnnotationException(path, null, $"is a {FileSignature.NameOf(source.Format)} image, whose lossy compression changes labels; use PNG");
        }

        return Read(source, options ?? ImageReadOptions.Default, preferColours: false, cancellationToken);
    }

    /// <summary>Reads one mask.</summary>
    /// <param name="path">A grey or black-and-white image in any format, a palette PNG, or a colour image whose three channels are equal.</param>
    /// <param name="threshold">The smallest value inside the mask; null means 1, but 128 for lossy formats, whose black is not quite black.</param>
    /// <param name="options">Limits; null for the defaults. Only <see cref="ImageReadOptions.MaxPixels"/> matters.</param>
    /// <param name="cancellationToken">Looked at while decoding.</param>
    /// <returns>The mask.</returns>
    /// <exception cref="InvalidAnnotationException">The image is in colour, or has samples that are no whole numbers.</exception>
    /// <inheritdoc cref="ImageReader.Read(string, ImageReadOptions?, CancellationToken)" path="/exception"/>
    public static BinaryMask ReadMask(string path, int? threshold = null, ImageReadOptions? options = null, CancellationToken cancellationToken = default)
    {
        var source = ImageSource.FromFile(path);
        var inside = threshold ?? (IsLossy(source.Format) ? Half : 1);
        var labels = Read(source, options ?? ImageReadOptions.Default, preferColours: true, cancellationToken);
        var mask = new BinaryMask(labels.Size);
        for (var y = 0; y < mask.Height; y++)
        {
            var row = labels.Row(y);
            var words = mask.Row(y);
            for (var x = 0; x < row.Length; x++)
            {
                words[x >> 6] |= (row[x] >= inside ? 1UL : 0) << (x & 63);
            }
        }

        return mask;
    }

    /// <summary>Reads a mask from a PNG file in memory: the pixels that are not transparent, or not black where nothing is transparent.</summary>
    internal static BinaryMask ReadOpaque(ReadOnlyMemory<byte> content, string name)
    {
        var source = ImageSource.FromBytes(content, name);
        return source.Format == ImageFormat.Png
            ? VipsDecoder.Run(source, allowDamaged: false, image => Opaque(image, name))
            : throw new UnsupportedFormatException(name, $"is a {FileSignature.NameOf(source.Format)} image; a mask in text is a PNG");
    }

    private static BinaryMask Opaque(Image image, string name)
    {
        VipsDecoder.CheckSize(name, image.Width, image.Height, ImageReadOptions.DefaultMaxPixels);
        var mask = new BinaryMask(image.Width, image.Height);
        var sampleBytes = image.Format == Enums.BandFormat.Ushort ? 2 : 1;
        var pixelBytes = image.Bands * sampleBytes;
        var first = image.HasAlpha() ? pixelBytes - sampleBytes : 0;
        PixelRows.ForEach(
            image,
            (y, row) =>
            {
                var words = mask.Row(y);
                for (var x = 0; x < mask.Width; x++)
                {
                    words[x >> 6] |= (row.Span[((x * pixelBytes) + first)..((x + 1) * pixelBytes)].ContainsAnyExcept((byte)0) ? 1UL : 0) << (x & 63);
                }
            },
            CancellationToken.None);
        return mask;
    }

    private static bool IsLossy(ImageFormat format) => format is ImageFormat.Jpeg or ImageFormat.WebP or ImageFormat.Avif or ImageFormat.Heic;

    private static LabelMap Read(ImageSource source, ImageReadOptions options, bool preferColours, CancellationToken cancellationToken)
    {
        options.Validate();
        cancellationToken.ThrowIfCancellationRequested();
        if (source.Format == ImageFormat.Bmp)
        {
            var image = BmpDecoder.Read(source, options);
            return new LabelMap(image.Size, Gather<byte>(image.Pixels, 3, 1, source.Name));
        }

        if (source.Format != ImageFormat.Png)
        {
            return VipsDecoder.Run(source, allowDamaged: false, image => Labels(image, source.Name, IsOneBit(image) ? 255 : 1, options.MaxPixels, cancellationToken));
        }

        var png = source.ReadAll();
        var asStored = PngIndices.IsPalette(png) && !(preferColours && PngIndices.HasGreyPalette(png));
        var stored = asStored ? ImageSource.FromBytes(PngIndices.AsGrey(png), source.Name) : source;
        var isGrey = asStored || PngIndices.IsGrey(png);
        return VipsDecoder.Run(stored, allowDamaged: false, image => Labels(image, source.Name, isGrey ? PngIndices.Stretch(png) : 1, options.MaxPixels, cancellationToken));
    }

    private static bool IsOneBit(Image image) => image.Contains("bits-per-sample") && image.Get("bits-per-sample") is 1;

    private static LabelMap Labels(Image image, string name, int stretch, long maxPixels, CancellationToken cancellationToken)
    {
        VipsDecoder.CheckSize(name, image.Width, image.Height, maxPixels);
        var bands = image.Bands;
        var colours = bands >= 3 ? 3 : 1;
        var labels = new int[(long)image.Width * image.Height];
        PixelRows.ForEach(
            image,
            (y, row) => GatherRow(image.Format, row.Span, bands, colours, stretch, name).CopyTo(labels, checked(y * image.Width)),
            cancellationToken);
        return new LabelMap(new ImageSize(image.Width, image.Height), labels);
    }

    private static int[] GatherRow(Enums.BandFormat format, ReadOnlySpan<byte> row, int bands, int colours, int stretch, string name) => format switch
    {
        Enums.BandFormat.Uchar => Gather(row, bands, stretch, name, colours),
        Enums.BandFormat.Ushort => Gather(MemoryMarshal.Cast<byte, ushort>(row), bands, stretch, name, colours),
        Enums.BandFormat.Uint => Gather(MemoryMarshal.Cast<byte, uint>(row), bands, stretch, name, colours),
        Enums.BandFormat.Int => Gather(MemoryMarshal.Cast<byte, int>(row), bands, stretch, name, colours),
        _ => throw new InvalidAnnotationException(name, null, $"has {format} samples; labels are unsigned whole numbers of 8, 16 or 32 bit"),
    };

    private static int[] Gather<T>(ReadOnlySpan<T> samples, int bands, int stretch, string name, int colours = 3)
        where T : unmanaged, System.Numerics.IBinaryInteger<T>
    {
        var labels = new int[samples.Length / bands];
        for (int i = 0, from = 0; i < labels.Length; i++, from += bands)
        {
            if (colours == 3 && (samples[from] != samples[from + 1] || samples[from] != samples[from + 2]))
            {
                throw new InvalidAnnotationException(name, null, "is in colour; a mask or label image is grey, black and white, or has a palette");
            }

            var label = long.CreateTruncating(samples[from]);
            labels[i] = label is >= 0 and <= int.MaxValue ? (int)label / stretch
                : throw new InvalidAnnotationException(name, null, $"has the label {label}; labels of 0 to {int.MaxValue} are read");
        }

        return labels;
    }
}
