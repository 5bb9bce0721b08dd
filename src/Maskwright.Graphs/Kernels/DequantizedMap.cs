using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Maskwright.Graphs.Kernels;

/// <summary>What a product of windows of bytes with 8-bit weights stands for, as a map, with what follows a convolution: bias, another map, ReLU.</summary>
/// <remarks>Wants AVX-512 F and DQ, or AVX2 with FMA, or any 128-bit vectors; pixels in the lanes. A task is some pixels of an image.</remarks>
internal static unsafe class DequantizedMap
{
    /// <summary>The specification.</summary>
    /// <param name="buffers">The operands of one image and the result.</param>
    /// <param name="first">The first pixel.</param>
    /// <param name="count">Pixels.</param>
    public static void RunScalar(DequantizedMapBuffers buffers, int first, int count)
    {
        for (var pixel = first; pixel < first + count; pixel++)
        {
            for (var c = 0; c < buffers.Channels; c++)
            {
                var place = ((long)c * buffers.Pixels) + pixel;
                var layer = buffers.Layer;
                var sum = (buffers.Scale.Step * ((buffers.Sums[((long)pixel * buffers.Channels) + c] * layer.Steps[c]) - (buffers.Scale.Zero * layer.Totals[c]))) + layer.Bias[c];
                sum += buffers.Residual is null ? 0 : buffers.Residual[place];
                buffers.Map[place] = buffers.Relu ? MathF.Max(0, sum) : sum;
            }
        }
    }

    /// <summary>The vector form.</summary>
    /// <inheritdoc cref="RunScalar"/>
    public static void Run(DequantizedMapBuffers buffers, int first, int count)
    {
        if (Vector512.IsHardwareAccelerated && Avx512DQ.IsSupported)
        {
            Run<FloatLanes512, Vector512<float>>(buffers, first, count);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Run<FloatLanes256, Vector256<float>>(buffers, first, count);
        }
        else
        {
            Run<FloatLanes128, Vector128<float>>(buffers, first, count);
        }
    }

    /// <summary>The vector form with vectors of a given width.</summary>
    /// <typeparam name="TLanes">Arithmetic; its instructions must be there.</typeparam>
    /// <typeparam name="TVector">Vector of that arithmetic.</typeparam>
    /// <inheritdoc cref="RunScalar"/>
    [MethodImpl(KernelMethod.Loop)]
    public static void Run<TLanes, TVector>(DequantizedMapBuffers buffers, int first, int count)
        where TLanes : struct, IFloatLanes<TVector>
        where TVector : unmanaged
    {
        var channels = buffers.Channels;
        if (buffers.Pixels < TLanes.Count || channels < TLanes.Count)
        {
            RunScalar(buffers, first, count);
            return;
        }

        var scratch = new KernelScratch((2L * channels * TLanes.Count) + (2L * channels), 4);
        float* factors = scratch.Take(channels), offsets = scratch.Take(channels);
        float* numbers = scratch.Take((long)channels * TLanes.Count), lanes = scratch.Take((long)channels * TLanes.Count); // [lane, channel] and [channel, lane]
        Constants(buffers, factors, offsets);
        var rows = stackalloc float*[TLanes.Count];
        for (var lane = 0; lane < TLanes.Count; lane++)
        {
            rows[lane] = numbers + ((long)lane * channels);
        }

        for (var next = first; next < first + count; next += TLanes.Count)
        {
            var pixel = Math.Min(next, buffers.Pixels - TLanes.Count); // the last vector overlaps pixels that another task may write too, with the same numbers
            for (var lane = 0; lane < TLanes.Count; lane++)
            {
                Row<TLanes, TVector>(buffers.Sums + ((long)(pixel + lane) * channels), factors, offsets, rows[lane], channels);
            }

            LaneTransposition.ToLanes(rows, channels, TLanes.Count, 1, lanes);
            Write<TLanes, TVector>(buffers, lanes, pixel);
        }

        scratch.Dispose();
    }

    private static void Constants(DequantizedMapBuffers buffers, float* factors, float* offsets)
    {
        var (scale, layer) = (buffers.Scale, buffers.Layer);
        for (var c = 0; c < buffers.Channels; c++)
        {
            factors[c] = scale.Step * layer.Steps[c];
            offsets[c] = layer.Bias[c] - (scale.Step * scale.Zero * layer.Totals[c]);
        }
    }

    [MethodImpl(KernelMethod.Step)]
    private static void Row<TLanes, TVector>(int* sums, float* factors, float* offsets, float* row, int channels)
        where TLanes : struct, IFloatLanes<TVector>
        where TVector : unmanaged
    {
        for (var next = 0; next < channels; next += TLanes.Count)
        {
            var c = Math.Min(next, channels - TLanes.Count);
            TLanes.Store(TLanes.MultiplyAdd(TLanes.LoadIntegers(sums + c), TLanes.Load(factors + c), TLanes.Load(offsets + c)), row + c);
        }
    }

    [MethodImpl(KernelMethod.Step)]
    private static void Write<TLanes, TVector>(DequantizedMapBuffers buffers, float* lanes, int pixel)
        where TLanes : struct, IFloatLanes<TVector>
        where TVector : unmanaged
    {
        for (var c = 0; c < buffers.Channels; c++)
        {
            var place = ((long)c * buffers.Pixels) + pixel;
            var sum = TLanes.Load(lanes + (c * TLanes.Count));
            sum = buffers.Residual is null ? sum : TLanes.Add(sum, TLanes.Load(buffers.Residual + place));
            TLanes.Store(buffers.Relu ? TLanes.Max(TLanes.Broadcast(0), sum) : sum, buffers.Map + place);
        }
    }
}
