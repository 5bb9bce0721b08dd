using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Maskwright.Images;

/// <summary>One pass of a separable resize of 8-bit RGB: along the rows, or down the columns.</summary>
/// <remarks>The scalar forms are the specification. The vector forms give the same bytes; they want 256-bit integer vectors (AVX2) or better.</remarks>
internal static class ResamplePass
{
    private const int Half = 1 << (ResampleWeights.PrecisionBits - 1);

    /// <summary>Resizes one row: the specification.</summary>
    /// <param name="source">[Win,3].</param>
    /// <param name="weights">Weights of the horizontal axis.</param>
    /// <param name="target">[Wout,3].</param>
    public static void RowScalar(ReadOnlySpan<byte> source, ResampleWeights weights, Span<byte> target)
    {
        for (var x = 0; x < weights.OutputLength; x++)
        {
            var from = weights.First(x) * 3;
            int red = Half, green = Half, blue = Half;
            foreach (var weight in weights.Of(x))
            {
                red += source[from++] * weight;
                green += source[from++] * weight;
                blue += source[from++] * weight;
            }

            target[x * 3] = Clip(red);
            target[(x * 3) + 1] = Clip(green);
            target[(x * 3) + 2] = Clip(blue);
        }
    }

    /// <summary>Makes one output row out of several input rows: the specification.</summary>
    /// <param name="source">The first of the input rows and all that follow, <paramref name="target"/>'s length apart.</param>
    /// <param name="weights">One weight an input row.</param>
    /// <param name="target">[W,3].</param>
    public static void ColumnScalar(ReadOnlySpan<byte> source, ReadOnlySpan<int> weights, Span<byte> target) => ColumnScalar(source, weights, target, 0);

    /// <summary>As <see cref="RowScalar"/>, several pixels at once.</summary>
    /// <param name="source">[Win,3], followed by at least <see cref="Overrun"/> bytes that may be read and do not matter.</param>
    /// <param name="weights">Weights of the horizontal axis.</param>
    /// <param name="target">[Wout,3].</param>
    public static void RowVector(ReadOnlySpan<byte> source, ResampleWeights weights, Span<byte> target)
    {
        // Of two pixels beside one another, each colour as a 32-bit number: r0 g0 b0 - r1 g1 b1 -; both lanes hold the same eight bytes.
        var spread = Vector256.Create(
            (byte)0, 255, 255, 255, 1, 255, 255, 255, 2, 255, 255, 255, 255, 255, 255, 255, 19, 255, 255, 255, 20, 255, 255, 255, 21, 255, 255, 255, 255, 255, 255, 255);
        var both = Vector256.Create(0, 0, 0, 0, 5, 5, 5, 5);
        ref var bytes = ref MemoryMarshal.GetReference(source);
        ref var output = ref MemoryMarshal.GetReference(target);
        for (var x = 0; x < weights.OutputLength; x++)
        {
            ref var weight = ref MemoryMarshal.GetReference(weights.PaddedOf(x));
            ref var from = ref Unsafe.Add(ref bytes, weights.First(x) * 3);
            var sum = Vector256.Create(Vector128.Create(Half), Vector128<int>.Zero);
            for (var k = 0; k < weights.Count(x); k += 2)
            {
                var pixels = Vector256.Shuffle(Vector256.Create(Unsafe.ReadUnaligned<long>(ref Unsafe.Add(ref from, k * 3))).AsByte(), spread).AsInt32();
                var pair = Vector256.Create(Unsafe.ReadUnaligned<long>(ref Unsafe.As<int, byte>(ref Unsafe.Add(ref weight, k)))).AsInt32();
                sum += pixels * Vector256.Shuffle(pair, both);
            }

            var total = (sum.GetLower() + sum.GetUpper()) >> ResampleWeights.PrecisionBits;
            var clipped = Vector128.Min(Vector128.Max(total, Vector128<int>.Zero), Vector128.Create(255));
            Store(Vector128.Shuffle(clipped.AsByte(), Vector128.Create((byte)0, 4, 8, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255)).AsInt32()[0], ref output, x * 3);
        }
    }

    private static void Store(int pixel, ref byte output, int at)
    {
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref output, at), (short)pixel);
        Unsafe.Add(ref output, at + 2) = (byte)(pixel >> 16);
    }

    /// <summary>Bytes behind a row that <see cref="RowVector"/> may read.</summary>
    public const int Overrun = 16;

    /// <summary>As <see cref="ColumnScalar(ReadOnlySpan{byte}, ReadOnlySpan{int}, Span{byte})"/>, 32 samples at once.</summary>
    public static void ColumnVector(ReadOnlySpan<byte> source, ReadOnlySpan<int> weights, Span<byte> target)
    {
        var x = 0;
        for (; x + Vector256<byte>.Count <= target.Length; x += Vector256<byte>.Count)
        {
            var (a, b, c, d) = (Vector256.Create(Half), Vector256.Create(Half), Vector256.Create(Half), Vector256.Create(Half));
            for (var k = 0; k < weights.Length; k++)
            {
                var samples = Vector256.Create(source.Slice((k * target.Length) + x, Vector256<byte>.Count));
                var (low, high) = Vector256.Widen(samples);
                var weight = Vector256.Create(weights[k]);
                a += Vector256.WidenLower(low).AsInt32() * weight;
                b += Vector256.WidenUpper(low).AsInt32() * weight;
                c += Vector256.WidenLower(high).AsInt32() * weight;
                d += Vector256.WidenUpper(high).AsInt32() * weight;
            }

            var bytes = Vector256.Narrow(Vector256.Narrow(Clip(a), Clip(b)).AsUInt16(), Vector256.Narrow(Clip(c), Clip(d)).AsUInt16());
            bytes.CopyTo(target[x..]);
        }

        ColumnScalar(source, weights, target, x);
    }

    private static void ColumnScalar(ReadOnlySpan<byte> source, ReadOnlySpan<int> weights, Span<byte> target, int start)
    {
        for (var x = start; x < target.Length; x++)
        {
            var sum = Half;
            for (var k = 0; k < weights.Length; k++)
            {
                sum += source[(k * target.Length) + x] * weights[k];
            }

            target[x] = Clip(sum);
        }
    }

    private static byte Clip(int sum) => (byte)Math.Clamp(sum >> ResampleWeights.PrecisionBits, 0, 255);

    private static Vector256<int> Clip(Vector256<int> sum) =>
        Vector256.Min(Vector256.Max(sum >> ResampleWeights.PrecisionBits, Vector256<int>.Zero), Vector256.Create(255));
}
