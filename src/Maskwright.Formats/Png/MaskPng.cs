using System.Buffers.Binary;
using Maskwright.Masks;

namespace Maskwright.Formats.Png;

/// <summary>A mask as an 8-bit grey PNG: 0 outside, 255 inside.</summary>
internal static class MaskPng
{
    private static readonly ulong[] EightPixels = MakeTable();

    /// <summary>Writes the file atomically.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="mask">The mask, at the image's size.</param>
    public static void Write(string path, RunLengthMask mask) => AtomicFile.Write(path, stream => Write(stream, mask.ToBinaryMask()));

    private static void Write(Stream stream, BinaryMask mask)
    {
        using var png = new PngFile(stream, mask.Size, PngPixels.Grey8);
        var row = new byte[mask.WordsPerRow * 64];
        for (var y = 0; y < mask.Height; y++)
        {
            if (y > 0 ? mask.Row(y).SequenceEqual(mask.Row(y - 1)) : !mask.Row(0).ContainsAnyExcept(0UL))
            {
                png.WriteSameRow();
                continue;
            }

            Expand(mask.Row(y), row);
            png.WriteRow(row.AsSpan(0, mask.Width));
        }

        png.Complete();
    }

    /// <summary>Makes one byte of each bit: 0 or 255.</summary>
    /// <param name="words">64 pixels a word, the lowest bit first.</param>
    /// <param name="bytes">64 bytes a word.</param>
    public static void Expand(ReadOnlySpan<ulong> words, Span<byte> bytes)
    {
        for (var i = 0; i < words.Length; i++)
        {
            for (var b = 0; b < 8; b++)
            {
                BinaryPrimitives.WriteUInt64LittleEndian(bytes[((i * 64) + (b * 8))..], EightPixels[(byte)(words[i] >> (b * 8))]);
            }
        }
    }

    private static ulong[] MakeTable()
    {
        var table = new ulong[256];
        for (var bits = 0; bits < 256; bits++)
        {
            for (var i = 0; i < 8; i++)
            {
                table[bits] |= (bits >> i & 1) != 0 ? 0xFFUL << (i * 8) : 0;
            }
        }

        return table;
    }
}
