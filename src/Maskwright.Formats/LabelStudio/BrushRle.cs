using Maskwright.Formats.Runs;
using Maskwright.Geometry;
using Maskwright.Masks;

namespace Maskwright.Formats.LabelStudio;

/// <summary>The run lengths in which Label Studio keeps what was painted with a brush.</summary>
/// <remarks>
/// The rle-pack format of thi.ng/umbrella over the pixels row by row, four equal channels each: a stream of bits, the highest first, of the number of
/// values (32), the bits a value less one (5) and four widths of lengths less one (4 each); then runs of a flag (1 for one value repeated), the
/// number of the width (2), the length less one, and the value or values. Written are 8-bit values and widths of 3, 4, 8 and 16, byte for byte as by
/// label-studio-converter's <c>mask2rle</c>, which adds a whole zero byte where the bits end on a byte.
/// </remarks>
public static class BrushRle
{
    private const int Channels = 4;
    private const int HeaderBits = 32 + 5 + (4 * 4);
    private const int LongestRun = 1 << 16;

    private static ReadOnlySpan<int> LengthBits => [3, 4, 8, 16];

    /// <summary>Encodes a mask: 255 inside, 0 outside.</summary>
    /// <param name="mask">The mask.</param>
    /// <exception cref="ArgumentException">The mask has more than 2^30 pixels, more than the format can count.</exception>
    public static byte[] Encode(BinaryMask mask)
    {
        ArgumentNullException.ThrowIfNull(mask);
        if (mask.Size.PixelCount * Channels > uint.MaxValue)
        {
            throw new ArgumentException($"A mask of {mask.Size} has more pixels than the format can count.", nameof(mask));
        }

        var bits = new BitWriter();
        bits.Write((uint)(mask.Size.PixelCount * Channels), 32);
        bits.Write(8 - 1, 5);
        foreach (var width in LengthBits)
        {
            bits.Write((uint)width - 1, 4);
        }

        var value = 0u;
        foreach (var count in RowMajorRuns.Of(mask))
        {
            WriteRun(bits, count * Channels, value);
            value = 255 - value;
        }

        return bits.ToArray();
    }

    /// <summary>Decodes a mask: the pixels whose fourth channel, the opacity, is not 0.</summary>
    /// <param name="rle">The bytes.</param>
    /// <param name="size">The image's size.</param>
    /// <exception cref="FormatException">The bytes end too early, hold more or fewer pixels than the image, or go on after the last pixel.</exception>
    public static BinaryMask Decode(ReadOnlySpan<byte> rle, ImageSize size)
    {
        var bits = new BitReader(rle);
        var count = bits.Left >= HeaderBits ? bits.Read(32) : throw new FormatException($"{rle.Length} bytes are too few for run lengths");
        if (count != size.PixelCount * Channels)
        {
            throw new FormatException($"the run lengths are for {count} values, but an image of {size} has {size.PixelCount * Channels}");
        }

        var valueBits = (int)bits.Read(5) + 1;
        int[] lengthBits = [(int)bits.Read(4) + 1, (int)bits.Read(4) + 1, (int)bits.Read(4) + 1, (int)bits.Read(4) + 1];
        var mask = new BinaryMask(size);
        for (long position = 0; position < count;)
        {
            position = ReadRun(ref bits, mask, position, count, valueBits, lengthBits);
        }

        return bits.IsRestZero() ? mask : throw new FormatException("something follows the last pixel");
    }

    private static void WriteRun(BitWriter bits, long length, uint value)
    {
        for (; length > 0; length -= LongestRun)
        {
            var part = Math.Min(length, LongestRun);
            var width = part <= 8 ? 0 : part <= 16 ? 1 : part <= 256 ? 2 : 3;
            bits.Write(1, 1);
            bits.Write((uint)width, 2);
            bits.Write((uint)part - 1, LengthBits[width]);
            bits.Write(value, 8);
        }
    }

    private static long ReadRun(ref BitReader bits, BinaryMask mask, long position, long count, int valueBits, int[] lengthBits)
    {
        var isRepeated = bits.Read(1) == 1;
        var end = position + bits.Read(lengthBits[(int)bits.Read(2)]) + 1;
        if (end > count)
        {
            throw new FormatException("a run goes beyond the last pixel");
        }

        if (isRepeated)
        {
            if (bits.Read(valueBits) != 0)
            {
                RowMajorRuns.Fill(mask, position / Channels, end / Channels); // exactly the pixels whose last channel is in the run
            }

            return end;
        }

        for (; position < end; position++)
        {
            if (bits.Read(valueBits) != 0 && position % Channels == Channels - 1)
            {
                RowMajorRuns.Fill(mask, position / Channels, (position / Channels) + 1);
            }
        }

        return end;
    }

    private sealed class BitWriter
    {
        private readonly List<byte> _bytes = [];
        private ulong _bits;
        private int _count;

        public void Write(uint value, int width)
        {
            _bits = _bits << width | value;
            for (_count += width; _count >= 8; _count -= 8)
            {
                _bytes.Add((byte)(_bits >> (_count - 8)));
            }
        }

        // The reference fills up to the next byte, and adds a byte where there is nothing to fill up.
        public byte[] ToArray() => [.. _bytes, (byte)(_bits << (8 - _count))];
    }

    private ref struct BitReader(ReadOnlySpan<byte> bytes)
    {
        private readonly ReadOnlySpan<byte> _bytes = bytes;
        private long _position;

        public readonly long Left => (8L * _bytes.Length) - _position;

        public uint Read(int width)
        {
            if (width > Left)
            {
                throw new FormatException("the run lengths end before the last pixel");
            }

            uint value = 0;
            for (var i = 0; i < width; i++, _position++)
            {
                value = value << 1 | (uint)(_bytes[(int)(_position >> 3)] >> (7 - (int)(_position & 7)) & 1);
            }

            return value;
        }

        public bool IsRestZero()
        {
            while (Left > 0)
            {
                if (Read((int)Math.Min(Left, 8)) != 0)
                {
                    return false;
                }
            }

            return true;
        }
    }
}
