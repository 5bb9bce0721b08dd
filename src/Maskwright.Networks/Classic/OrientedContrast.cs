using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Maskwright.Networks.Classic;

/// <summary>The L1 distance between the histograms on both sides of a line through a pixel, for every orientation of the line.</summary>
internal static class OrientedContrast
{
    private const int Bins = CueHistograms.Bins;

    /// <summary>Adds the contrast of one scale.</summary>
    /// <param name="cues">[h,w,32] blurred histograms.</param>
    /// <param name="width">Pixels across, w.</param>
    /// <param name="height">Pixels down, h.</param>
    /// <param name="distance">From the line to the middle of each side, in pixels.</param>
    /// <param name="weight">Of this scale, in 1/256.</param>
    /// <param name="oriented">[h,w,8] what is added to.</param>
    public static void Add(byte[] cues, int width, int height, float distance, int weight, ushort[] oriented)
    {
        var offsets = Normals(distance);
        Parallel.For(0, height, y => AddRow(cues, width, height, y, offsets, weight, oriented));
    }

    // Compiled for speed at once: the first image must not wait for the platform's tiers.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddRow(byte[] cues, int width, int height, int y, (int Dx, int Dy)[] offsets, int weight, ushort[] oriented)
    {
        for (var x = 0; x < width; x++)
        {
            var target = oriented.AsSpan(((y * width) + x) * offsets.Length, offsets.Length);
            for (var k = 0; k < offsets.Length; k++)
            {
                var (dx, dy) = offsets[k];
                var one = (Math.Clamp(y + dy, 0, height - 1) * width) + Math.Clamp(x + dx, 0, width - 1);
                var other = (Math.Clamp(y - dy, 0, height - 1) * width) + Math.Clamp(x - dx, 0, width - 1);
                target[k] += (ushort)((Distance(cues.AsSpan(one * Bins, Bins), cues.AsSpan(other * Bins, Bins)) * weight) >> 8);
            }
        }
    }

    /// <summary>The specification: the sum of absolute differences of 32 bytes.</summary>
    public static int DistanceScalar(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other)
    {
        var sum = 0;
        for (var i = 0; i < Bins; i++)
        {
            sum += Math.Abs(one[i] - other[i]);
        }

        return sum;
    }

    /// <summary>Equal to <see cref="DistanceScalar"/>, in one vector of 256 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Distance(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other)
    {
        Vector256<byte> a = Vector256.Create(one), b = Vector256.Create(other);
        var (lower, upper) = Vector256.Widen(Vector256.Max(a, b) - Vector256.Min(a, b));
        return Vector256.Sum(lower + upper);
    }

    private static (int Dx, int Dy)[] Normals(float distance) => [.. Enumerable.Range(0, BoundaryMap.Orientations).Select(k =>
    {
        var angle = ((k * Math.PI) / BoundaryMap.Orientations) + (Math.PI / 2);
        return ((int)Math.Round(distance * Math.Cos(angle)), (int)Math.Round(distance * Math.Sin(angle)));
    })];
}
