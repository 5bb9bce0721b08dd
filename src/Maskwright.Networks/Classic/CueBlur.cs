using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Maskwright.Networks.Classic;

/// <summary>Blurs histograms of 32 bytes a pixel with a square box; pixels beyond the border repeat the last one.</summary>
internal static class CueBlur
{
    private const int Bins = CueHistograms.Bins;

    // Columns are blurred so many at once, that what is read of a row lies together and the sums stay near the processor.
    private const int BandWidth = 32;

    /// <summary>Blurs twice, which is close to a Gaussian.</summary>
    /// <param name="cues">[h,w,32]; left as they are.</param>
    /// <param name="result">As long as the cues.</param>
    /// <param name="between">Likewise; what is in it is lost.</param>
    /// <param name="width">Pixels across, w.</param>
    /// <param name="height">Pixels down, h.</param>
    /// <param name="radius">Box side = 2 * radius + 1, in pixels; 1 to 100.</param>
    public static void BlurTwice(byte[] cues, byte[] result, byte[] between, int width, int height, int radius)
    {
        BlurRows(cues, between, width, height, radius);
        BlurColumns(between, result, width, height, radius);
        BlurRows(result, between, width, height, radius);
        BlurColumns(between, result, width, height, radius);
    }

    /// <summary>The specification of one pass, written plainly.</summary>
    /// <param name="source">From the first pixel of the line.</param>
    /// <param name="target">Likewise.</param>
    /// <param name="count">Pixels in the line.</param>
    /// <param name="stride">Bytes from one pixel of the line to the next.</param>
    /// <param name="radius">Box side = 2 * radius + 1, in pixels.</param>
    public static void BlurLineScalar(ReadOnlySpan<byte> source, Span<byte> target, int count, int stride, int radius)
    {
        var reciprocal = Reciprocal(radius);
        for (var i = 0; i < count; i++)
        {
            for (var bin = 0; bin < Bins; bin++)
            {
                uint sum = 0;
                for (var j = i - radius; j <= i + radius; j++)
                {
                    sum += source[(Math.Clamp(j, 0, count - 1) * stride) + bin];
                }

                target[(i * stride) + bin] = (byte)(((sum * reciprocal) + 0x8000) >> 16);
            }
        }
    }

    /// <summary>One pass with running sums of 32 bins at once; equal to <see cref="BlurLineScalar"/>.</summary>
    /// <remarks>Compiled for speed at once: the first image must not wait for the platform's tiers.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void BlurLine(ReadOnlySpan<byte> source, Span<byte> target, int count, int stride, int radius)
    {
        var (lower, upper) = Vector256.Widen(Load(source, 0));
        lower *= (ushort)(radius + 1);
        upper *= (ushort)(radius + 1);
        for (var j = 1; j <= radius; j++)
        {
            var (low, high) = Vector256.Widen(Load(source, Math.Min(j, count - 1) * stride));
            lower += low;
            upper += high;
        }

        var reciprocal = Vector256.Create(Reciprocal(radius));
        for (var i = 0; i < count; i++)
        {
            Vector256.Narrow(Divide(lower, reciprocal), Divide(upper, reciprocal)).CopyTo(target.Slice(i * stride, Bins));
            var (enterLow, enterHigh) = Vector256.Widen(Load(source, Math.Min(i + radius + 1, count - 1) * stride));
            var (leaveLow, leaveHigh) = Vector256.Widen(Load(source, Math.Max(i - radius, 0) * stride));
            lower = lower + enterLow - leaveLow;
            upper = upper + enterHigh - leaveHigh;
        }
    }

    /// <summary>One pass down several columns at once, row by row; equal to <see cref="BlurLineScalar"/> down each.</summary>
    /// <param name="source">From the first pixel of the first column.</param>
    /// <param name="target">Likewise.</param>
    /// <param name="columns">1 to 32.</param>
    /// <param name="width">Pixels from one row to the next.</param>
    /// <param name="height">Rows.</param>
    /// <param name="radius">Box side = 2 * radius + 1, in pixels.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void BlurBand(ReadOnlySpan<byte> source, Span<byte> target, int columns, int width, int height, int radius)
    {
        var sums = (stackalloc Vector256<ushort>[2 * BandWidth])[..(2 * columns)];
        sums.Clear();
        for (var j = -radius; j <= radius; j++)
        {
            var row = source[(Math.Clamp(j, 0, height - 1) * width * Bins)..];
            for (var x = 0; x < columns; x++)
            {
                var (low, high) = Vector256.Widen(Load(row, x * Bins));
                sums[2 * x] += low;
                sums[(2 * x) + 1] += high;
            }
        }

        var reciprocal = Vector256.Create(Reciprocal(radius));
        for (var y = 0; y < height; y++)
        {
            var enter = source[(Math.Min(y + radius + 1, height - 1) * width * Bins)..];
            var leave = source[(Math.Max(y - radius, 0) * width * Bins)..];
            var blurred = target.Slice(y * width * Bins, columns * Bins);
            for (var x = 0; x < columns; x++)
            {
                Vector256<ushort> lower = sums[2 * x], upper = sums[(2 * x) + 1];
                Vector256.Narrow(Divide(lower, reciprocal), Divide(upper, reciprocal)).CopyTo(blurred[(x * Bins)..]);
                var (enterLow, enterHigh) = Vector256.Widen(Load(enter, x * Bins));
                var (leaveLow, leaveHigh) = Vector256.Widen(Load(leave, x * Bins));
                sums[2 * x] = lower + enterLow - leaveLow;
                sums[(2 * x) + 1] = upper + enterHigh - leaveHigh;
            }
        }
    }

    private static void BlurRows(byte[] source, byte[] target, int width, int height, int radius) =>
        Parallel.For(0, height, y => BlurLine(source.AsSpan(y * width * Bins), target.AsSpan(y * width * Bins), width, Bins, radius));

    private static void BlurColumns(byte[] source, byte[] target, int width, int height, int radius) =>
        Parallel.For(0, (width + BandWidth - 1) / BandWidth, band =>
        {
            var x = band * BandWidth;
            BlurBand(source.AsSpan(x * Bins), target.AsSpan(x * Bins), Math.Min(BandWidth, width - x), width, height, radius);
        });

    // At most 1/3 in 16 bits, as a radius is at least 1.
    private static ushort Reciprocal(int radius) => (ushort)((0x10000 + radius) / ((2 * radius) + 1));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> Load(ReadOnlySpan<byte> source, int at) => Vector256.Create(source.Slice(at, Bins));

    // The upper half of the product, rounded.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ushort> Divide(Vector256<ushort> sums, Vector256<ushort> reciprocal)
    {
        if (Avx2.IsSupported)
        {
            return Avx2.MultiplyHigh(sums, reciprocal) + Vector256.ShiftRightLogical(sums * reciprocal, 15);
        }

        var (lower, upper) = Vector256.Widen(sums);
        var (factor, _) = Vector256.Widen(reciprocal);
        var half = Vector256.Create(0x8000u);
        return Vector256.Narrow(Vector256.ShiftRightLogical((lower * factor) + half, 16), Vector256.ShiftRightLogical((upper * factor) + half, 16));
    }
}
