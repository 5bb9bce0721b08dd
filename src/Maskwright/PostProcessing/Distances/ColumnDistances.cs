using System.Runtime.Intrinsics;
using Maskwright.Masks;

namespace Maskwright.PostProcessing;

/// <summary>Distances along columns to the nearest pixel outside, row by row. Wants AVX2 (16 columns at a time).</summary>
internal static class ColumnDistances
{
    /// <summary>The distance in a column without a pixel outside.</summary>
    public const ushort None = ushort.MaxValue;

    private static readonly Vector256<ushort> _bits = Vector256.Create((ushort)1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768);

    /// <summary>Fills one row with the distances to the nearest pixel outside that lies above, the row itself included.</summary>
    /// <param name="words">The mask's row.</param>
    /// <param name="above">[W] the row above, filled; <see cref="None"/> everywhere for the first row.</param>
    /// <param name="row">[W] to fill; 0 outside the mask.</param>
    public static void Down(ReadOnlySpan<ulong> words, ReadOnlySpan<ushort> above, Span<ushort> row)
    {
        var x = 0;
        for (; Vector256.IsHardwareAccelerated && x + 16 <= row.Length; x += 16)
        {
            var inside = Vector256.Equals(Vector256.Create((ushort)(words[x >> 6] >> (x & 63))) & _bits, _bits);
            (Vector256.AddSaturate(Vector256.Create(above[x..]), Vector256<ushort>.One) & inside).CopyTo(row[x..]);
        }

        for (; x < row.Length; x++)
        {
            row[x] = (words[x >> 6] >> (x & 63) & 1) == 0 ? (ushort)0 : Next(above[x]);
        }
    }

    /// <summary>Lessens a row filled by <see cref="Down"/> to what lies nearer below.</summary>
    /// <param name="below">[W] the row below, finished; <see cref="None"/> everywhere for the last row.</param>
    /// <param name="row">[W] to finish.</param>
    public static void Up(ReadOnlySpan<ushort> below, Span<ushort> row)
    {
        var x = 0;
        for (; Vector256.IsHardwareAccelerated && x + 16 <= row.Length; x += 16)
        {
            Vector256.Min(Vector256.AddSaturate(Vector256.Create(below[x..]), Vector256<ushort>.One), Vector256.Create<ushort>(row[x..])).CopyTo(row[x..]);
        }

        for (; x < row.Length; x++)
        {
            row[x] = Math.Min(row[x], Next(below[x]));
        }
    }

    /// <summary>The specification: fills [H,W] column by column.</summary>
    public static void FillScalar(BinaryMask mask, Span<ushort> distances)
    {
        for (var x = 0; x < mask.Width; x++)
        {
            var distance = None;
            for (var y = 0; y < mask.Height; y++)
            {
                distance = mask[x, y] ? Next(distance) : (ushort)0;
                distances[(y * mask.Width) + x] = distance;
            }

            distance = None;
            for (var y = mask.Height - 1; y >= 0; y--)
            {
                ref var known = ref distances[(y * mask.Width) + x];
                distance = Math.Min(known, Next(distance));
                known = distance;
            }
        }
    }

    private static ushort Next(ushort distance) => distance == None ? None : (ushort)(distance + 1);
}
