using System.Text;

namespace Maskwright.Formats.Images;

/// <summary>Tells by its first bytes what a file is; names and extensions are not trusted.</summary>
internal static class FileSignature
{
    /// <summary>The number of first bytes that are looked at.</summary>
    public const int HeadLength = 1024;

    private static readonly (byte[] Start, ImageFormat Format)[] Images =
    [
        ([0xFF, 0xD8, 0xFF], ImageFormat.Jpeg),
        ([0x89, .. "PNG\r\n"u8, 0x1A, 0x0A], ImageFormat.Png),
        ([.. "GIF87a"u8], ImageFormat.Gif),
        ([.. "GIF89a"u8], ImageFormat.Gif),
        ([.. "II*\0"u8], ImageFormat.Tiff),
        ([.. "MM\0*"u8], ImageFormat.Tiff),
        ([.. "II+\0"u8], ImageFormat.Tiff),
        ([.. "MM\0+"u8], ImageFormat.Tiff),
    ];

    private static readonly (byte[] Start, string Name)[] Others =
    [
        ([.. "%PDF"u8], "a PDF document"),
        ([.. "%!PS"u8], "a PostScript document"),
        ([.. "8BPS"u8], "a Photoshop document"),
        ([.. "PK\u0003\u0004"u8], "a ZIP archive"),
        ([0x1F, 0x8B], "a gzip archive"),
        ([.. "BZh"u8], "a bzip2 archive"),
        ([0xFD, .. "7zXZ"u8], "an xz archive"),
        ([.. "7z"u8, 0xBC, 0xAF], "a 7-Zip archive"),
        ([0, 0, 0, 12, .. "jP  "u8], "a JPEG 2000 image"),
        ([0xFF, 0x4F, 0xFF, 0x51], "a JPEG 2000 image"),
        ([0, 0, 0, 12, .. "JXL "u8], "a JPEG XL image"),
        ([0xFF, 0x0A], "a JPEG XL image"),
        ([0x93, .. "NUMPY"u8], "a NumPy array"),
        ([0x1A, 0x45, 0xDF, 0xA3], "a Matroska or WebM video"),
        ([.. "qoif"u8], "a QOI image"),
        ([0x76, 0x2F, 0x31, 0x01], "an OpenEXR image"),
        ([.. "#?RADIANCE"u8], "a Radiance HDR image"),
        ([.. "SIMPLE  ="u8], "a FITS file"),
        ([.. "DDS "u8], "a DirectDraw surface"),
        ([0, 0, 1, 0], "a Windows icon"),
        ([0x7F, .. "ELF"u8], "a program"),
        ([.. "MZ"u8], "a program"),
    ];

    /// <summary>The image format, or null for anything else.</summary>
    public static ImageFormat? Detect(ReadOnlySpan<byte> head)
    {
        foreach (var (start, format) in Images)
        {
            if (head.StartsWith(start))
            {
                return head.Length > 10 && format == ImageFormat.Tiff && head[8..10].SequenceEqual("CR"u8) ? null : format;
            }
        }

        return IsWebP(head) ? ImageFormat.WebP : IsBmp(head) ? ImageFormat.Bmp : HeifFormat(head);
    }

    /// <summary>The format as people write it.</summary>
    public static string NameOf(ImageFormat format) => format == ImageFormat.WebP ? "WebP" : format.ToString().ToUpperInvariant();

    /// <summary>Names what is not an image that can be read, with its article: "a PDF document".</summary>
    public static string Describe(ReadOnlySpan<byte> head)
    {
        foreach (var (start, name) in Others)
        {
            if (head.StartsWith(start))
            {
                return name;
            }
        }

        return head switch
        {
            _ when head.Length > 12 && head[4..8].SequenceEqual("ftyp"u8) => "an MP4 or QuickTime video",
            _ when head.Length > 12 && head.StartsWith("RIFF"u8) => "a RIFF file (AVI or WAV)",
            _ when head.Length > 132 && head[128..132].SequenceEqual("DICM"u8) => "a DICOM file",
            _ when head.Length > 10 && head[8..10].SequenceEqual("CR"u8) => "a camera raw file",
            _ => DescribeText(head),
        };
    }

    private static bool IsWebP(ReadOnlySpan<byte> head) => head.Length >= 12 && head.StartsWith("RIFF"u8) && head[8..12].SequenceEqual("WEBP"u8);

    // Two letters are too few: the size of the second header tells a bitmap from a text that starts with BM.
    private static bool IsBmp(ReadOnlySpan<byte> head) =>
        head.Length >= 18 && head.StartsWith("BM"u8) && head[14] is 12 or 16 or 40 or 52 or 56 or 64 or 108 or 124 && head[15..18].IndexOfAnyExcept((byte)0) < 0;

    private static ImageFormat? HeifFormat(ReadOnlySpan<byte> head)
    {
        if (head.Length < 16 || !head[4..8].SequenceEqual("ftyp"u8))
        {
            return null;
        }

        var length = Math.Clamp((head[2] << 8) | head[3], 16, head.Length);
        var brands = head[8..length];
        return HasAny(brands, "avif", "avis") ? ImageFormat.Avif
            : HasAny(brands, "heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1") ? ImageFormat.Heic
            : null;
    }

    private static bool HasAny(ReadOnlySpan<byte> brands, params ReadOnlySpan<string> wanted)
    {
        for (var at = 0; at + 4 <= brands.Length; at += 4)
        {
            if (wanted.Contains(Encoding.Latin1.GetString(brands.Slice(at, 4))))
            {
                return true;
            }
        }

        return false;
    }

    private static string DescribeText(ReadOnlySpan<byte> head)
    {
        foreach (var b in head)
        {
            if (b is < 0x09 or (> 0x0D and < 0x20) or 0x7F)
            {
                return "data of an unknown kind";
            }
        }

        var text = Encoding.UTF8.GetString(head);
        return text.Contains("<svg", StringComparison.OrdinalIgnoreCase) ? "an SVG drawing"
            : text.Contains("<html", StringComparison.OrdinalIgnoreCase) || text.Contains("<!doctype html", StringComparison.OrdinalIgnoreCase) ? "a web page"
            : "text";
    }
}
