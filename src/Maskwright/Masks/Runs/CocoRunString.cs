using System.Buffers;
using System.Globalization;
using Maskwright.Geometry;

namespace Maskwright.Masks;

/// <summary>COCO's compressed text of run lengths: from the fourth on the difference to the run before the last, five bits a character, lowest first.</summary>
/// <remarks>Characters run from '0' to 'o'; bit 5 says that more follow, bit 4 of the last is the sign. pycocotools <c>rleToString</c>, <c>rleFrString</c>.</remarks>
internal static class CocoRunString
{
    private const int CharactersPerRun = 7; // A difference of 32-bit numbers has 33 bits.

    public static string Write(ReadOnlySpan<uint> counts)
    {
        var text = ArrayPool<char>.Shared.Rent(counts.Length * CharactersPerRun);
        var length = 0;
        for (var i = 0; i < counts.Length; i++)
        {
            long value = i > 2 ? (long)counts[i] - counts[i - 2] : counts[i];
            bool more;
            do
            {
                var bits = (int)value & 31;
                value >>= 5;
                more = (bits & 16) != 0 ? value != -1 : value != 0;
                text[length++] = (char)(48 + bits + (more ? 32 : 0));
            }
            while (more);
        }

        var result = new string(text, 0, length);
        ArrayPool<char>.Shared.Return(text);
        return result;
    }

    public static uint[] Read(ImageSize size, ReadOnlySpan<char> text)
    {
        var counts = new List<uint>(text.Length);
        long left = size.PixelCount;
        for (var position = 0; position < text.Length;)
        {
            var start = position;
            var value = ReadNumber(text, ref position) + (counts.Count > 2 ? counts[^2] : 0);
            if (value < 0 || value > left)
            {
                throw Fault(start, value < 0 ? "the run would have a negative length" : $"the runs leave the {size.PixelCount} pixels of a mask of {size}");
            }

            counts.Add((uint)value);
            left -= value;
        }

        return left == 0 ? [.. counts] : throw Fault(text.Length, $"the runs end {left} pixels before the end of a mask of {size}");
    }

    private static long ReadNumber(ReadOnlySpan<char> text, ref int position)
    {
        long value = 0;
        for (var shift = 0; shift < 60; shift += 5)
        {
            if (position == text.Length)
            {
                throw Fault(position, "the text ends within a number");
            }

            var bits = text[position] - 48;
            if (bits is < 0 or > 63)
            {
                throw Fault(position, "the character is none of those from '0' to 'o'");
            }

            position++;
            value |= (long)(bits & 31) << shift;
            if (bits < 32)
            {
                return (bits & 16) != 0 ? value | -1L << (shift + 5) : value;
            }
        }

        throw Fault(position, "the number is too long");
    }

    private static FormatException Fault(int position, string reason) =>
        new(string.Create(CultureInfo.InvariantCulture, $"The compressed run lengths are damaged at character {position + 1}: {reason}."));
}
