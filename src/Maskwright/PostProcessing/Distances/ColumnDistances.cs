using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Maskwright.Masks;

namespace Maskwright.PostProcessing;

/// <summary>Distances along columns to the nearest pixel outside. Wants AVX2 (16 columns at a time); the scalar form is the specification.</summary>
internal static class ColumnDistances
{
    /// <summary>The distance in a column without a pixel outside.</summary>
    public const ushort None = ushort.MaxValue;

    private static readonly Vector256<ushort> _bits = Vector256.Create((ushort)1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768);

    /// <summary>Fills [H,W] distances; 0 outside the mask.</summary>
    public static void Fill(BinaryMask mask, Span<ushort> distances)
    {
        var x = 0;
        for (; Vector256.IsHardwareAccelerated && x + 16 <= mask.Width; x += 16)
        {
            FillSixteen(mask, distances, x);
        }

        FillScalar(mask, distances, x);
    }

    /// <summary>Fills the columns from <paramref name="first"/> on.</summary>
    public static void FillScalar(BinaryMask mask, Span<ushort> distances, int first)
    {
        for (var x = first; x < mask.Width; x++)
        {
            var distance = None;
            for (var y = 0; y < mask.Height; y++)
            {
                distance = !mask[x, y] ? (ushort)0 : distance == None ? None : (ushort)(distance + 1);
                distances[(y * mask.Width) + x] = distance;
            }

            distance = None;
            for (var y = mask.Height - 1; y >= 0; y--)
            {
                ref var known = ref distances[(y * mask.Width) + x];
                distance = Math.Min(known, distance == None ? None : (ushort)(distance + 1));
                known = distance;
            }
        }
    }

    private static void FillSixteen(BinaryMask mask, Span<ushort> distances, int x)
    {
        ReadOnlySpan<ulong> words = mask.Words;
        ref var first = ref MemoryMarshal.GetReference(distances);
        var one = Vector256<ushort>.One;
        var distance = Vector256<ushort>.AllBitsSet;
        for (var y = 0; y < mask.Height; y++)
        {
            var piece = (ushort)(words[(y * mask.WordsPerRow) + (x >> 6)] >> (x & 63));
            var inside = Vector256.Equals(Vector256.Create(piece) & _bits, _bits);
            distance = Vector256.AddSaturate(distance, one) & inside;
            distance.StoreUnsafe(ref first, (nuint)((y * mask.Width) + x));
        }

        distance = Vector256<ushort>.AllBitsSet;
        for (var y = mask.Height - 1; y >= 0; y--)
        {
            var at = (nuint)((y * mask.Width) + x);
            distance = Vector256.Min(Vector256.AddSaturate(distance, one), Vector256.LoadUnsafe(ref first, at));
            distance.StoreUnsafe(ref first, at);
        }
    }

}
