using System.Buffers;
using System.Numerics;
using Maskwright.Geometry;

namespace Maskwright.Masks;

/// <summary>Bits to run lengths in time proportional to words plus transitions: a run ends where a row differs from the row above it.</summary>
/// <remarks>
/// Going down the columns, the pixel before (x, 0) is the last one of column x-1, so the row above the first is the last row moved right by one.
/// Rows are read from the top, so the transitions of a column arrive in order and counting how many each column has is enough to sort them all.
/// </remarks>
internal static class RunEncoder
{
    /// <summary>Encodes bits.</summary>
    /// <param name="words">Rows of <paramref name="wordsPerRow"/> words, laid out as in <see cref="BinaryMask"/>; zero beyond the width.</param>
    /// <param name="wordsPerRow">Words of each row.</param>
    /// <param name="size">Width and height in pixels.</param>
    /// <returns>Run lengths, column-major, outside first.</returns>
    public static uint[] Encode(ReadOnlySpan<ulong> words, int wordsPerRow, ImageSize size) =>
        EncodeIfShort(words, wordsPerRow, size, int.MaxValue)!; // no mask has more runs

    /// <summary>Encodes bits, unless the runs would be too many.</summary>
    /// <param name="words">Rows of <paramref name="wordsPerRow"/> words, laid out as in <see cref="BinaryMask"/>; zero beyond the width.</param>
    /// <param name="wordsPerRow">Words of each row.</param>
    /// <param name="size">Width and height in pixels.</param>
    /// <param name="mostRuns">Most runs.</param>
    /// <returns>Run lengths, column-major, outside first; null when there are more than <paramref name="mostRuns"/>.</returns>
    public static uint[]? EncodeIfShort(ReadOnlySpan<ulong> words, int wordsPerRow, ImageSize size, int mostRuns)
    {
        words = words[..(wordsPerRow * size.Height)];
        var before = ArrayPool<ulong>.Shared.Rent(wordsPerRow);
        var next = ArrayPool<int>.Shared.Rent(size.Width + 1);
        try
        {
            var aboveFirst = before.AsSpan(0, wordsPerRow);
            MoveRight(words[^wordsPerRow..], aboveFirst, size.Width);
            var starts = next.AsSpan(0, size.Width + 1);
            if (!CountByColumn(words, aboveFirst, starts, mostRuns))
            {
                return null;
            }

            var counts = new uint[starts[^1] + 1];
            CollectPositions(words, aboveFirst, starts, counts, size.Height);
            ToLengths(counts, (uint)size.PixelCount);
            return counts;
        }
        finally
        {
            ArrayPool<ulong>.Shared.Return(before);
            ArrayPool<int>.Shared.Return(next);
        }
    }

    private static void MoveRight(ReadOnlySpan<ulong> row, Span<ulong> moved, int width)
    {
        ulong carry = 0;
        for (var i = 0; i < row.Length; i++)
        {
            moved[i] = row[i] << 1 | carry;
            carry = row[i] >> 63;
        }

        moved[^1] &= ulong.MaxValue >> (-width & 63);
    }

    // Leaves in starts[x] how many transitions lie in the columns before x; the last entry is the number of all. Gives up when there are too many.
    private static bool CountByColumn(ReadOnlySpan<ulong> words, ReadOnlySpan<ulong> above, Span<int> starts, int mostRuns)
    {
        starts.Clear();
        var transitions = 0L;
        for (var left = words; left.Length > 0; left = left[above.Length..])
        {
            var row = left[..above.Length];
            for (var i = 0; i < row.Length; i++)
            {
                transitions += BitOperations.PopCount(row[i] ^ above[i]);
                for (var changes = row[i] ^ above[i]; changes != 0; changes &= changes - 1)
                {
                    starts[(i << 6) + BitOperations.TrailingZeroCount(changes) + 1]++;
                }
            }

            if (transitions >= mostRuns)
            {
                return false;
            }

            above = row;
        }

        for (var x = 1; x < starts.Length; x++)
        {
            starts[x] += starts[x - 1];
        }

        return true;
    }

    private static void CollectPositions(ReadOnlySpan<ulong> words, ReadOnlySpan<ulong> above, Span<int> next, Span<uint> positions, int height)
    {
        for (var y = 0; y < height; y++)
        {
            var row = words.Slice(y * above.Length, above.Length);
            for (var i = 0; i < row.Length; i++)
            {
                for (var changes = row[i] ^ above[i]; changes != 0; changes &= changes - 1)
                {
                    var x = (i << 6) + BitOperations.TrailingZeroCount(changes);
                    positions[next[x]++] = ((uint)x * (uint)height) + (uint)y;
                }
            }

            above = row;
        }
    }

    private static void ToLengths(Span<uint> positions, uint pixelCount)
    {
        positions[^1] = pixelCount;
        for (var i = positions.Length - 1; i > 0; i--)
        {
            positions[i] -= positions[i - 1];
        }
    }
}
