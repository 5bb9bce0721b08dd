using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Maskwright.PostProcessing;

/// <summary>Row kernels on 64 pixels a word. Want AVX-512 or AVX2; the scalar form at each loop's end is the specification.</summary>
internal static class BitRows
{
    /// <summary>Joins a row with a shifted one: <c>target(x) |= source(x + shift)</c>. Source and target may be the same row.</summary>
    /// <param name="target">The words to change.</param>
    /// <param name="source">At least one word more than the shift and the target ask for; what lies behind the end counts as empty.</param>
    /// <param name="shift">Pixels, at least 0.</param>
    public static void Or(Span<ulong> target, ReadOnlySpan<ulong> source, int shift)
    {
        source = source[(shift >> 6)..];
        var bits = shift & 63;
        var count = Math.Min(target.Length, source.Length);
        if (bits == 0)
        {
            Or(target[..count], source);
            return;
        }

        ref var t = ref MemoryMarshal.GetReference(target);
        ref var s = ref MemoryMarshal.GetReference(source);
        nuint i = 0;
        var safe = (nuint)Math.Min(target.Length, source.Length - 1);
        for (; Vector512.IsHardwareAccelerated && i + 8 <= safe; i += 8)
        {
            var value = (Vector512.LoadUnsafe(ref s, i) >>> bits) | (Vector512.LoadUnsafe(ref s, i + 1) << (64 - bits));
            (Vector512.LoadUnsafe(ref t, i) | value).StoreUnsafe(ref t, i);
        }

        for (; Vector256.IsHardwareAccelerated && i + 4 <= safe; i += 4)
        {
            var value = (Vector256.LoadUnsafe(ref s, i) >>> bits) | (Vector256.LoadUnsafe(ref s, i + 1) << (64 - bits));
            (Vector256.LoadUnsafe(ref t, i) | value).StoreUnsafe(ref t, i);
        }

        for (; i < (nuint)count; i++)
        {
            target[(int)i] |= (source[(int)i] >> bits) | ((int)i + 1 < source.Length ? source[(int)i + 1] << (64 - bits) : 0);
        }
    }

    /// <summary>Joins two rows: <c>target |= source</c>.</summary>
    /// <param name="target">The words to change.</param>
    /// <param name="source">At least as many words.</param>
    public static void Or(Span<ulong> target, ReadOnlySpan<ulong> source)
    {
        source = source[..target.Length];
        ref var t = ref MemoryMarshal.GetReference(target);
        ref var s = ref MemoryMarshal.GetReference(source);
        nuint i = 0;
        for (; Vector512.IsHardwareAccelerated && i + 8 <= (nuint)target.Length; i += 8)
        {
            (Vector512.LoadUnsafe(ref t, i) | Vector512.LoadUnsafe(ref s, i)).StoreUnsafe(ref t, i);
        }

        for (; Vector256.IsHardwareAccelerated && i + 4 <= (nuint)target.Length; i += 4)
        {
            (Vector256.LoadUnsafe(ref t, i) | Vector256.LoadUnsafe(ref s, i)).StoreUnsafe(ref t, i);
        }

        for (; i < (nuint)target.Length; i++)
        {
            target[(int)i] |= source[(int)i];
        }
    }

    /// <summary>Copies a row, or its complement; bits beyond the width stay zero.</summary>
    /// <param name="source">The words of one row.</param>
    /// <param name="target">As many words.</param>
    /// <param name="isComplement">Whether inside and outside change places.</param>
    /// <param name="width">Pixels of the row.</param>
    public static void Copy(ReadOnlySpan<ulong> source, Span<ulong> target, bool isComplement, int width)
    {
        if (!isComplement)
        {
            source.CopyTo(target);
        }
        else
        {
            for (var i = 0; i < target.Length; i++)
            {
                target[i] = ~source[i];
            }
        }

        target[^1] &= ulong.MaxValue >> (-width & 63);
    }
}
