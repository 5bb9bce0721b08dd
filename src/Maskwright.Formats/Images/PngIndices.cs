using System.Buffers.Binary;

namespace Maskwright.Formats.Images;

/// <summary>Lets a decoder that paints palettes and stretches few bits give the numbers as stored.</summary>
/// <remarks>
/// A palette PNG and a grey PNG of the same bit depth store the same bytes; only the colour type in the header differs (PNG 1.2, 4.1.1 and 6).
/// So the header is made to say grey, and all chunks but the pixels are left out.
/// </remarks>
internal static class PngIndices
{
    private const int HeaderEnd = 8 + 8 + 13 + 4;
    private const byte Grey = 0;
    private const byte Palette = 3;

    /// <summary>Whether the PNG holds palette indices.</summary>
    public static bool IsPalette(ReadOnlySpan<byte> png) => png.Length > HeaderEnd && png[25] == Palette;

    /// <summary>Whether the PNG holds grey without alpha.</summary>
    public static bool IsGrey(ReadOnlySpan<byte> png) => png.Length > HeaderEnd && png[25] == Grey;

    /// <summary>By what the decoded grey must be divided to give the numbers as stored: 255 for 1 bit, 85 for 2, 17 for 4, 1 for 8 and 16.</summary>
    public static int Stretch(ReadOnlySpan<byte> png) => png[24] switch
    {
        1 => 255,
        2 => 85,
        4 => 17,
        _ => 1,
    };

    /// <summary>The same pixels as a grey PNG.</summary>
    public static byte[] AsGrey(ReadOnlySpan<byte> png)
    {
        using var grey = new MemoryStream(png.Length);
        Span<byte> header = stackalloc byte[HeaderEnd];
        png[..HeaderEnd].CopyTo(header);
        header[25] = Grey;
        BinaryPrimitives.WriteUInt32BigEndian(header[29..], Crc(header[12..29]));
        grey.Write(header);
        var rest = png[HeaderEnd..];
        while (NextChunk(ref rest) is { Length: > 0 } chunk)
        {
            if (chunk[4..8].SequenceEqual("IDAT"u8) || chunk[4..8].SequenceEqual("IEND"u8))
            {
                grey.Write(chunk);
            }
        }

        return grey.ToArray();
    }

    /// <summary>Whether every colour of the palette is a grey, so that colours and not indices carry the meaning.</summary>
    public static bool HasGreyPalette(ReadOnlySpan<byte> png)
    {
        var rest = png[HeaderEnd..];
        while (NextChunk(ref rest) is { Length: > 0 } chunk)
        {
            if (chunk[4..8].SequenceEqual("PLTE"u8))
            {
                return AreGrey(chunk[8..Math.Max(8, chunk.Length - 4)]);
            }
        }

        return false;
    }

    private static bool AreGrey(ReadOnlySpan<byte> colours)
    {
        for (var i = 0; i + 3 <= colours.Length; i += 3)
        {
            if (colours[i] != colours[i + 1] || colours[i] != colours[i + 2])
            {
                return false;
            }
        }

        return true;
    }

    // Length, name, data, checksum; what is cut off is passed on cut off, for the decoder to complain about.
    private static ReadOnlySpan<byte> NextChunk(ref ReadOnlySpan<byte> rest)
    {
        if (rest.Length < 12)
        {
            return [];
        }

        var length = Math.Min(BinaryPrimitives.ReadUInt32BigEndian(rest) + 12L, rest.Length);
        var chunk = rest[..(int)length];
        rest = rest[(int)length..];
        return chunk;
    }

    private static uint Crc(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        foreach (var b in data)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320);
            }
        }

        return ~crc;
    }
}
