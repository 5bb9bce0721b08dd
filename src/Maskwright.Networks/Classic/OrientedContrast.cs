using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

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
        var lines = Lines(distance);
        Parallel.For(0, height, y => AddRow(cues, width, height, y, lines, weight, oriented));
    }

    // Compiled for speed at once: the first image must not wait for the platform's tiers.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddRow(byte[] cues, int width, int height, int y, Line[] lines, int weight, ushort[] oriented)
    {
        Span<ushort> contrasts = stackalloc ushort[BoundaryMap.Orientations];
        Span<int> rowOfOne = stackalloc int[BoundaryMap.Orientations], rowOfOther = stackalloc int[BoundaryMap.Orientations];
        for (var k = 0; k < lines.Length; k++)
        {
            rowOfOne[k] = Math.Clamp(y + lines[k].Dy, 0, height - 1) * width;
            rowOfOther[k] = Math.Clamp(y - lines[k].Dy, 0, height - 1) * width;
        }

        ref var first = ref MemoryMarshal.GetArrayDataReference(cues);
        for (var x = 0; x < width; x++)
        {
            for (var k = 0; k < lines.Length; k++)
            {
                var (dx, _, twin) = lines[k];
                if (twin < k)
                {
                    contrasts[k] = contrasts[twin];
                    continue;
                }

                var one = rowOfOne[k] + Math.Min(Math.Max(x + dx, 0), width - 1);
                var other = rowOfOther[k] + Math.Min(Math.Max(x - dx, 0), width - 1);
                var distance = Distance(Vector256.LoadUnsafe(ref first, (nuint)one * Bins), Vector256.LoadUnsafe(ref first, (nuint)other * Bins));
                contrasts[k] = (ushort)((distance * weight) >> 8);
            }

            var target = oriented.AsSpan(((y * width) + x) * BoundaryMap.Orientations, BoundaryMap.Orientations);
            (Vector128.Create<ushort>(target) + Vector128.Create<ushort>(contrasts)).CopyTo(target);
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

    /// <summary>Equal to <see cref="DistanceScalar"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Distance(Vector256<byte> one, Vector256<byte> other)
    {
        if (Avx2.IsSupported)
        {
            // Four sums of eight bytes each, every one in a lane of its own.
            var sums = Avx2.SumAbsoluteDifferences(one, other).AsUInt64();
            var halves = sums.GetLower() + sums.GetUpper();
            return (int)(halves[0] + halves[1]);
        }

        var (lower, upper) = Vector256.Widen(Vector256.Max(one, other) - Vector256.Min(one, other));
        return Vector256.Sum(lower + upper);
    }

    // Near the line many orientations look at the same two pixels: the first of them measures for all.
    private static Line[] Lines(float distance)
    {
        var lines = new Line[BoundaryMap.Orientations];
        for (var k = 0; k < lines.Length; k++)
        {
            var angle = ((k * Math.PI) / BoundaryMap.Orientations) + (Math.PI / 2);
            int dx = (int)Math.Round(distance * Math.Cos(angle)), dy = (int)Math.Round(distance * Math.Sin(angle));
            var twin = Array.FindIndex(lines, 0, k, line => (line.Dx, line.Dy) == (dx, dy) || (line.Dx, line.Dy) == (-dx, -dy));
            lines[k] = new Line(dx, dy, twin < 0 ? k : twin);
        }

        return lines;
    }

    /// <param name="Dx">From the line to the middle of one side, across.</param>
    /// <param name="Dy">Likewise, down.</param>
    /// <param name="Twin">The first orientation with the same two sides; its own when there is none before.</param>
    private readonly record struct Line(int Dx, int Dy, int Twin);
}
