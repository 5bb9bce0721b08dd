using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Maskwright.Masks;

/// <summary>Cuts one row of logits at three levels: 64 pixels become a word, and two counts. Wants AVX-512, AVX2 with FMA, or NEON; the scalar form is the specification.</summary>
internal static class CutKernel
{
    /// <summary>Cuts the row that lies between two others.</summary>
    /// <param name="pair">The rows and their weights, in buffers of <see cref="BilinearKernel.RowLength"/>.</param>
    /// <param name="levels">Where to cut.</param>
    /// <param name="words">The mask's row to fill.</param>
    /// <param name="width">Pixels of the row.</param>
    /// <param name="lanes">16, 8, 4 or 1.</param>
    /// <returns>How many pixels lie above the wide and above the narrow level.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static (int Wide, int Narrow) Cut(RowPair pair, CutLevels levels, Span<ulong> words, int width, int lanes)
    {
        var (wide, narrow) = (0, 0);
        for (var i = 0; i < words.Length; i++)
        {
            var bits = lanes switch
            {
                16 => Cut512(pair, i * 64, levels),
                8 => Cut256(pair, i * 64, levels),
                4 => Cut128(pair, i * 64, levels),
                _ => CutScalar(pair, i * 64, levels),
            };
            var inside = i == words.Length - 1 ? ulong.MaxValue >> (-width & 63) : ulong.MaxValue;
            words[i] = bits.Mask & inside;
            wide += BitOperations.PopCount(bits.Wide & inside);
            narrow += BitOperations.PopCount(bits.Narrow & inside);
        }

        return (wide, narrow);
    }

    private static Bits CutScalar(RowPair pair, int x, CutLevels levels)
    {
        var bits = default(Bits);
        for (var i = 0; i < 64; i++)
        {
            var value = pair.IsSingle ? pair.Upper[x + i] : LogitUpsampling.Mix(pair.Upper[x + i], pair.Lower[x + i], pair.UpperWeight, pair.LowerWeight);
            bits.Mask |= (value > levels.Mask ? 1UL : 0) << i;
            bits.Wide |= (value > levels.Wide ? 1UL : 0) << i;
            bits.Narrow |= (value > levels.Narrow ? 1UL : 0) << i;
        }

        return bits;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Bits Cut512(RowPair pair, int x, CutLevels levels)
    {
        var bits = default(Bits);
        var upper = pair.Upper.Slice(x, 64);
        var lower = pair.Lower.Slice(x, 64);
        var blend = !pair.IsSingle;
        for (var i = 0; i < 64; i += 16)
        {
            var value = Vector512.Create(upper[i..]);
            if (blend)
            {
                value = Vector512.FusedMultiplyAdd(value, Vector512.Create(pair.UpperWeight), Vector512.Create(lower[i..]) * Vector512.Create(pair.LowerWeight));
            }

            bits.Mask |= Vector512.GreaterThan(value, Vector512.Create(levels.Mask)).ExtractMostSignificantBits() << i;
            bits.Wide |= Vector512.GreaterThan(value, Vector512.Create(levels.Wide)).ExtractMostSignificantBits() << i;
            bits.Narrow |= Vector512.GreaterThan(value, Vector512.Create(levels.Narrow)).ExtractMostSignificantBits() << i;
        }

        return bits;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Bits Cut256(RowPair pair, int x, CutLevels levels)
    {
        var bits = default(Bits);
        var upper = pair.Upper.Slice(x, 64);
        var lower = pair.Lower.Slice(x, 64);
        var blend = !pair.IsSingle;
        for (var i = 0; i < 64; i += 8)
        {
            var value = Vector256.Create(upper[i..]);
            if (blend)
            {
                value = Vector256.FusedMultiplyAdd(value, Vector256.Create(pair.UpperWeight), Vector256.Create(lower[i..]) * Vector256.Create(pair.LowerWeight));
            }

            bits.Mask |= (ulong)Vector256.GreaterThan(value, Vector256.Create(levels.Mask)).ExtractMostSignificantBits() << i;
            bits.Wide |= (ulong)Vector256.GreaterThan(value, Vector256.Create(levels.Wide)).ExtractMostSignificantBits() << i;
            bits.Narrow |= (ulong)Vector256.GreaterThan(value, Vector256.Create(levels.Narrow)).ExtractMostSignificantBits() << i;
        }

        return bits;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Bits Cut128(RowPair pair, int x, CutLevels levels)
    {
        var bits = default(Bits);
        var upper = pair.Upper.Slice(x, 64);
        var lower = pair.Lower.Slice(x, 64);
        var blend = !pair.IsSingle;
        for (var i = 0; i < 64; i += 4)
        {
            var value = Vector128.Create(upper[i..]);
            if (blend)
            {
                value = Vector128.FusedMultiplyAdd(value, Vector128.Create(pair.UpperWeight), Vector128.Create(lower[i..]) * Vector128.Create(pair.LowerWeight));
            }

            bits.Mask |= (ulong)Vector128.GreaterThan(value, Vector128.Create(levels.Mask)).ExtractMostSignificantBits() << i;
            bits.Wide |= (ulong)Vector128.GreaterThan(value, Vector128.Create(levels.Wide)).ExtractMostSignificantBits() << i;
            bits.Narrow |= (ulong)Vector128.GreaterThan(value, Vector128.Create(levels.Narrow)).ExtractMostSignificantBits() << i;
        }

        return bits;
    }

    private struct Bits
    {
        public ulong Mask;
        public ulong Wide;
        public ulong Narrow;
    }
}
