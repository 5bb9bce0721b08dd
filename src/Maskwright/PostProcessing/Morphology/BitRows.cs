using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Maskwright.PostProcessing;

/// <summary>Kernels on lines of bits, 64 a word. Want AVX-512 or AVX2; the scalar form at each loop's end is the specification.</summary>
internal static class BitRows
{
    /// <summary>Joins every bit with two others further on, in place: <c>a(i) |= a(i + near) | a(i + far)</c>, for all i whose far bit exists.</summary>
    /// <param name="words">The line; its last word is not changed.</param>
    /// <param name="near">A distance in bits, at least 1.</param>
    /// <param name="far">A distance in bits, not less than <paramref name="near"/>; the same, where one is wanted only.</param>
    public static void OrAhead(Span<ulong> words, long near, long far)
    {
        var count = (nuint)Math.Max(0, words.Length - (far >> 6) - 1);
        var (nearWords, nearBits, farWords, farBits) = ((nuint)(near >> 6), (int)(near & 63), (nuint)(far >> 6), (int)(far & 63));
        ref var w = ref MemoryMarshal.GetReference(words);
        nuint i = 0;
        for (; Vector512.IsHardwareAccelerated && i + 8 <= count; i += 8)
        {
            (Vector512.LoadUnsafe(ref w, i) | Read512(ref w, i + nearWords, nearBits) | Read512(ref w, i + farWords, farBits)).StoreUnsafe(ref w, i);
        }

        for (; Vector256.IsHardwareAccelerated && i + 4 <= count; i += 4)
        {
            (Vector256.LoadUnsafe(ref w, i) | Read256(ref w, i + nearWords, nearBits) | Read256(ref w, i + farWords, farBits)).StoreUnsafe(ref w, i);
        }

        for (; i < count; i++)
        {
            words[(int)i] |= Read(words[(int)(i + nearWords)..], nearBits) | Read(words[(int)(i + farWords)..], farBits);
        }
    }

    /// <summary>Joins a row with a shifted one: <c>target(x) |= source(x + shift)</c>.</summary>
    /// <param name="target">The words to change.</param>
    /// <param name="source">One word more than the target.</param>
    /// <param name="shift">Pixels, 0 to 63.</param>
    public static void Or(Span<ulong> target, ReadOnlySpan<ulong> source, int shift)
    {
        source = source[..(target.Length + 1)];
        ref var t = ref MemoryMarshal.GetReference(target);
        ref var s = ref MemoryMarshal.GetReference(source);
        nuint i = 0;
        for (; Vector512.IsHardwareAccelerated && i + 8 <= (nuint)target.Length; i += 8)
        {
            (Vector512.LoadUnsafe(ref t, i) | Read512(ref s, i, shift)).StoreUnsafe(ref t, i);
        }

        for (; Vector256.IsHardwareAccelerated && i + 4 <= (nuint)target.Length; i += 4)
        {
            (Vector256.LoadUnsafe(ref t, i) | Read256(ref s, i, shift)).StoreUnsafe(ref t, i);
        }

        for (; i < (nuint)target.Length; i++)
        {
            target[(int)i] |= Read(source[(int)i..], shift);
        }
    }

    /// <summary>Copies a row, or its complement; bits beyond the width become zero.</summary>
    /// <param name="source">The words of one row.</param>
    /// <param name="target">As many words; may be the source.</param>
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
            Complement(source[..target.Length], target);
        }

        target[^1] &= ulong.MaxValue >> (-width & 63);
    }

    private static void Complement(ReadOnlySpan<ulong> source, Span<ulong> target)
    {
        ref var s = ref MemoryMarshal.GetReference(source);
        ref var t = ref MemoryMarshal.GetReference(target);
        nuint i = 0;
        for (; Vector256.IsHardwareAccelerated && i + 4 <= (nuint)target.Length; i += 4)
        {
            (~Vector256.LoadUnsafe(ref s, i)).StoreUnsafe(ref t, i);
        }

        for (; i < (nuint)target.Length; i++)
        {
            target[(int)i] = ~source[(int)i];
        }
    }

    private static ulong Read(ReadOnlySpan<ulong> words, int bits) => bits == 0 ? words[0] : (words[0] >> bits) | (words[1] << (64 - bits));

    private static Vector512<ulong> Read512(ref ulong words, nuint at, int bits) => bits == 0
        ? Vector512.LoadUnsafe(ref words, at)
        : (Vector512.LoadUnsafe(ref words, at) >>> bits) | (Vector512.LoadUnsafe(ref words, at + 1) << (64 - bits));

    private static Vector256<ulong> Read256(ref ulong words, nuint at, int bits) => bits == 0
        ? Vector256.LoadUnsafe(ref words, at)
        : (Vector256.LoadUnsafe(ref words, at) >>> bits) | (Vector256.LoadUnsafe(ref words, at + 1) << (64 - bits));
}
