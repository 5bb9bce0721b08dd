using System.Numerics;
using Maskwright.Masks;

namespace Maskwright.PostProcessing;

/// <summary>Set pixels side by side in one row: columns Start to End - 1.</summary>
internal readonly record struct RowRun(int Y, int Start, int End)
{
    public int Length => End - Start;

    /// <summary>All runs of a mask, row by row, left to right.</summary>
    public static List<RowRun> Of(BinaryMask mask)
    {
        var runs = new List<RowRun>();
        for (var y = 0; y < mask.Height; y++)
        {
            AddRow(mask.Row(y), y, mask.Width, runs);
        }

        return runs;
    }

    /// <summary>Sets the run's pixels.</summary>
    public void Draw(BinaryMask mask)
    {
        var row = mask.Row(Y);
        var (first, last) = (Start >> 6, (End - 1) >> 6);
        for (var i = first; i <= last; i++)
        {
            row[i] |= (i == first ? ulong.MaxValue << (Start & 63) : ulong.MaxValue) & (i == last ? ulong.MaxValue >> (-End & 63) : ulong.MaxValue);
        }
    }

    private static void AddRow(ReadOnlySpan<ulong> row, int y, int width, List<RowRun> runs)
    {
        ulong carry = 0;
        var start = -1;
        for (var i = 0; i < row.Length; i++)
        {
            for (var edges = row[i] ^ (row[i] << 1 | carry); edges != 0; edges &= edges - 1)
            {
                var x = (i << 6) + BitOperations.TrailingZeroCount(edges);
                if (start < 0)
                {
                    start = x;
                }
                else
                {
                    runs.Add(new RowRun(y, start, x));
                    start = -1;
                }
            }

            carry = row[i] >> 63;
        }

        if (start >= 0)
        {
            runs.Add(new RowRun(y, start, width));
        }
    }
}
