using System.IO.Compression;
using Maskwright.Formats.Json;
using Maskwright.Masks;

namespace Maskwright.Formats.Images;

/// <summary>A small mask as a PNG file in base 64 within JSON.</summary>
internal static class Base64Mask
{
    private const int MaxUnpackedBytes = 256 << 20;

    /// <summary>Reads a PNG: the pixels that are not black, or not transparent where there is transparency.</summary>
    /// <param name="json">The text.</param>
    /// <param name="mayBePacked">Whether the PNG may be packed with zlib once more.</param>
    /// <param name="prefix">What stands before it in the text.</param>
    /// <exception cref="InvalidAnnotationException">The text is no such mask.</exception>
    public static BinaryMask Read(LocatedJson json, bool mayBePacked = false, string prefix = "")
    {
        try
        {
            var bytes = Convert.FromBase64String(json.Text()[prefix.Length..]);
            return MaskImageReader.ReadOpaque(mayBePacked && bytes is [0x78, ..] ? Unpack(bytes) : bytes, json.Name);
        }
        catch (FormatException e)
        {
            throw json.Fault($"{json.Name} is not base 64", e);
        }
        catch (InvalidDataException e)
        {
            throw json.Fault($"{json.Name} is damaged: {e.Message.TrimEnd('.')}", e);
        }
        catch (Exception e) when (e is InvalidImageException or UnsupportedFormatException)
        {
            throw json.Fault(e.Message.Replace($"{json.Name}: ", $"{json.Name} ", StringComparison.Ordinal), e);
        }
    }

    /// <summary>A mask as a PNG in base 64.</summary>
    public static string Write(BinaryMask mask) => Convert.ToBase64String(ImageWriter.EncodePng(mask));

    /// <summary>A mask as a PNG, packed with zlib once more, in base 64.</summary>
    public static string WritePacked(BinaryMask mask)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            zlib.Write(ImageWriter.EncodePng(mask));
        }

        return Convert.ToBase64String(packed.GetBuffer().AsSpan(0, (int)packed.Length));
    }

    private static byte[] Unpack(byte[] packed)
    {
        using var zlib = new ZLibStream(new MemoryStream(packed), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        var buffer = new byte[1 << 16];
        for (int read; (read = zlib.Read(buffer)) > 0;)
        {
            plain.Write(buffer, 0, read);
            if (plain.Length > MaxUnpackedBytes)
            {
                throw new InvalidDataException($"it unpacks to more than {MaxUnpackedBytes >> 20} MB");
            }
        }

        return plain.ToArray();
    }
}
