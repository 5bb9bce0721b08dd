using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Maskwright.Networks.Classic;

/// <summary>Blurs histograms of 32 bytes a pixel with a square box; pixels beyond the border repeat the last one.</summary>
internal static class CueBlur
{
    private const int Bins = CueHistograms.Bins;

    /// <summary>Blurs twice, which is close to a Gaussian.</summary>
    /// <param name="cues">[h,w,32]; left as they are.</param>
    /// <param name="width">Pixels across, w.</param>
    /// <param name="height">Pixels down, h.</param>
    /// <param name="radius">Box side = 2 * radius + 1, in pixels; 1 to 100.</param>
    public static byte[] BlurTwice(byte[] cues, int width, int height, int radius)
    {
        byte[] result = new byte[cues.Length], between = new byte[cues.Length];
        BlurRows(cues, between, width, height, radius);
        BlurColumns(between, result, width, height, radius);
        BlurRows(result, between, width, height, radius);
        BlurColumns(between, result, width, height, radius);
        return result;
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

    private static void BlurRows(byte[] source, byte[] target, int width, int height, int radius) =>
        Parallel.For(0, height, y => BlurLine(source.AsSpan(y * width * Bins), target.AsSpan(y * width * Bins), width, Bins, radius));

    private static void BlurColumns(byte[] source, byte[] target, int width, int height, int radius) =>
        Parallel.For(0, width, x => BlurLine(source.AsSpan(x * Bins), target.AsSpan(x * Bins), height, width * Bins, radius));

    private static uint Reciprocal(int radius) => (uint)((0x10000 + radius) / ((2 * radius) + 1));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> Load(ReadOnlySpan<byte> source, int at) => Vector256.Create(source.Slice(at, Bins));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ushort> Divide(Vector256<ushort> sums, Vector256<uint> reciprocal)
    {
        var (lower, upper) = Vector256.Widen(sums);
        var half = Vector256.Create(0x8000u);
        return Vector256.Narrow(Vector256.ShiftRightLogical((lower * reciprocal) + half, 16), Vector256.ShiftRightLogical((upper * reciprocal) + half, 16));
    }
}
