using System.Numerics;
using Maskwright.Geometry;

namespace Maskwright.Masks;

/// <summary>The bounds of set bits, for words laid out as in <see cref="BinaryMask"/>.</summary>
internal static class BitBounds
{
    /// <summary>The smallest rectangle that holds every set pixel; empty at (0, 0) when no pixel is set.</summary>
    /// <param name="words">All rows; zero beyond the width.</param>
    /// <param name="size">Width and height in pixels.</param>
    public static PixelRect Of(ReadOnlySpan<ulong> words, ImageSize size)
    {
        int top = -1, bottom = -1;
        var any = new ulong[(size.Width + 63) / 64];
        for (var y = 0; y < size.Height; y++)
        {
            ulong seen = 0;
            var row = words.Slice(y * any.Length, any.Length);
            for (var i = 0; i < row.Length; i++)
            {
                seen |= row[i];
                any[i] |= row[i];
            }

            if (seen != 0)
            {
                top = top < 0 ? y : top;
                bottom = y;
            }
        }

        if (top < 0)
        {
            return default;
        }

        var first = Array.FindIndex(any, w => w != 0);
        var last = Array.FindLastIndex(any, w => w != 0);
        var left = (first * 64) + BitOperations.TrailingZeroCount(any[first]);
        var right = (last * 64) + 63 - BitOperations.LeadingZeroCount(any[last]);
        return new PixelRect(left, top, right - left + 1, bottom - top + 1);
    }
}
