using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Maskwright.Masks;

/// <summary>The two halves of bilinear interpolation on whole rows. Wants AVX-512, AVX2 with FMA, or NEON; the scalar forms are the specification.</summary>
/// <remarks>Rows are buffers of <see cref="RowLength"/> floats: there is room to read and write past the last pixel, and what stands there does not matter.</remarks>
internal static class BilinearKernel
{
    /// <summary>The length of a row's buffer.</summary>
    /// <param name="width">Pixels of the row.</param>
    public static int RowLength(int width) => ((width + 63) & ~63) + 64;

    /// <summary>Interpolates a row along x.</summary>
    /// <param name="source">A row of the axis' input size; the cell after its last is overwritten with the last, which stands in for it.</param>
    /// <param name="columns">The axis.</param>
    /// <param name="target">A row of the axis' output size.</param>
    public static void Stretch(Span<float> source, BilinearAxis columns, Span<float> target)
    {
        source[columns.InputSize] = source[columns.InputSize - 1];
        switch (columns.Lanes)
        {
            case 16:
                Stretch512(source, columns, target);
                break;
            case 8:
                Stretch256(source, columns, target);
                break;
            case 4:
                Stretch128(source, columns, target);
                break;
            default:
                StretchScalar(source, columns, target);
                break;
        }
    }

    /// <summary>Interpolates between two rows.</summary>
    /// <param name="pair">The rows and their weights.</param>
    /// <param name="target">The row between them.</param>
    /// <param name="width">Pixels to compute.</param>
    /// <param name="lanes">16, 8, 4 or 1.</param>
    public static void Blend(RowPair pair, Span<float> target, int width, int lanes)
    {
        var upper = pair.Upper[..target.Length];
        var lower = pair.Lower[..target.Length];
        var x = 0;
        if (lanes == 16)
        {
            var (first, second) = (Vector512.Create(pair.UpperWeight), Vector512.Create(pair.LowerWeight));
            for (; x < width; x += 16)
            {
                Vector512.FusedMultiplyAdd(Vector512.Create(upper[x..]), first, Vector512.Create(lower[x..]) * second).CopyTo(target[x..]);
            }
        }
        else if (lanes == 8)
        {
            var (first, second) = (Vector256.Create(pair.UpperWeight), Vector256.Create(pair.LowerWeight));
            for (; x < width; x += 8)
            {
                Vector256.FusedMultiplyAdd(Vector256.Create(upper[x..]), first, Vector256.Create(lower[x..]) * second).CopyTo(target[x..]);
            }
        }
        else if (lanes == 4)
        {
            var (first, second) = (Vector128.Create(pair.UpperWeight), Vector128.Create(pair.LowerWeight));
            for (; x < width; x += 4)
            {
                Vector128.FusedMultiplyAdd(Vector128.Create(upper[x..]), first, Vector128.Create(lower[x..]) * second).CopyTo(target[x..]);
            }
        }

        for (; x < width; x++)
        {
            target[x] = LogitUpsampling.Mix(upper[x], lower[x], pair.UpperWeight, pair.LowerWeight);
        }
    }

    private static void StretchScalar(ReadOnlySpan<float> source, BilinearAxis columns, Span<float> target)
    {
        for (var x = 0; x < columns.OutputSize; x++)
        {
            var first = columns.First[x];
            target[x] = LogitUpsampling.Mix(source[first], source[first + 1], columns.FirstWeight[x], columns.SecondWeight[x]);
        }
    }

    private static void Stretch512(ReadOnlySpan<float> source, BilinearAxis columns, Span<float> target)
    {
        ref var cells = ref MemoryMarshal.GetReference(source);
        for (var x = 0; x < columns.OutputSize; x += columns.Block)
        {
            var first = (nuint)columns.First[x];
            var offsets = Vector512.LoadUnsafe(ref columns.Offsets[x]);
            var left = Vector512.ShuffleNative(Vector512.LoadUnsafe(ref cells, first), offsets);
            var right = Vector512.ShuffleNative(Vector512.LoadUnsafe(ref cells, first + 1), offsets);
            var mixed = Vector512.FusedMultiplyAdd(left, Vector512.LoadUnsafe(ref columns.FirstWeight[x]), right * Vector512.LoadUnsafe(ref columns.SecondWeight[x]));
            mixed.CopyTo(target[x..]);
        }
    }

    private static void Stretch256(ReadOnlySpan<float> source, BilinearAxis columns, Span<float> target)
    {
        ref var cells = ref MemoryMarshal.GetReference(source);
        for (var x = 0; x < columns.OutputSize; x += columns.Block)
        {
            var first = (nuint)columns.First[x];
            var offsets = Vector256.LoadUnsafe(ref columns.Offsets[x]);
            var left = Vector256.ShuffleNative(Vector256.LoadUnsafe(ref cells, first), offsets);
            var right = Vector256.ShuffleNative(Vector256.LoadUnsafe(ref cells, first + 1), offsets);
            var mixed = Vector256.FusedMultiplyAdd(left, Vector256.LoadUnsafe(ref columns.FirstWeight[x]), right * Vector256.LoadUnsafe(ref columns.SecondWeight[x]));
            mixed.CopyTo(target[x..]);
        }
    }

    private static void Stretch128(ReadOnlySpan<float> source, BilinearAxis columns, Span<float> target)
    {
        ref var cells = ref MemoryMarshal.GetReference(source);
        for (var x = 0; x < columns.OutputSize; x += columns.Block)
        {
            var first = (nuint)columns.First[x];
            var offsets = Vector128.LoadUnsafe(ref columns.Offsets[x]);
            var left = Vector128.ShuffleNative(Vector128.LoadUnsafe(ref cells, first), offsets);
            var right = Vector128.ShuffleNative(Vector128.LoadUnsafe(ref cells, first + 1), offsets);
            var mixed = Vector128.FusedMultiplyAdd(left, Vector128.LoadUnsafe(ref columns.FirstWeight[x]), right * Vector128.LoadUnsafe(ref columns.SecondWeight[x]));
            mixed.CopyTo(target[x..]);
        }
    }
}
