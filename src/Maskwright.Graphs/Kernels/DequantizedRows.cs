using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Maskwright.Graphs.Kernels;

/// <summary>What a product of bytes with 8-bit weights stands for, with a bias and, if wanted, the GELU that follows.</summary>
/// <remarks>Wants AVX-512 F and DQ, or AVX2 with FMA, or any 128-bit vectors; outputs in the lanes. A task is some rows.</remarks>
internal static unsafe class DequantizedRows
{
    /// <summary>The specification.</summary>
    /// <param name="sums">[rows,width], products of bytes and weights.</param>
    /// <param name="scales">[rows,2]: step and zero of every row's <see cref="ByteScale"/>.</param>
    /// <param name="layer">The layer's constants.</param>
    /// <param name="y">[rows,width].</param>
    /// <param name="rows">Rows.</param>
    /// <param name="width">Outputs of the layer, positive.</param>
    /// <param name="gelu">Whether a GELU follows.</param>
    public static void RunScalar(int* sums, float* scales, ByteConstants layer, float* y, int rows, int width, bool gelu)
    {
        for (var row = 0; row < rows; row++, sums += width, y += width, scales += 2)
        {
            for (var i = 0; i < width; i++)
            {
                var sum = (scales[0] * ((sums[i] * layer.Steps[i]) - (scales[1] * layer.Totals[i]))) + layer.Bias[i];
                y[i] = gelu ? (float)Gelu.Scalar(sum) : sum;
            }
        }
    }

    /// <summary>The vector form.</summary>
    /// <inheritdoc cref="RunScalar"/>
    public static void Run(int* sums, float* scales, ByteConstants layer, float* y, int rows, int width, bool gelu)
    {
        if (Vector512.IsHardwareAccelerated && Avx512DQ.IsSupported)
        {
            Run<FloatLanes512, Vector512<float>>(sums, scales, layer, y, rows, width, gelu);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Run<FloatLanes256, Vector256<float>>(sums, scales, layer, y, rows, width, gelu);
        }
        else
        {
            Run<FloatLanes128, Vector128<float>>(sums, scales, layer, y, rows, width, gelu);
        }
    }

    /// <summary>The vector form with vectors of a given width.</summary>
    /// <typeparam name="TLanes">Arithmetic; its instructions must be there.</typeparam>
    /// <typeparam name="TVector">Vector of that arithmetic.</typeparam>
    /// <inheritdoc cref="RunScalar"/>
    [MethodImpl(KernelMethod.Loop)]
    public static void Run<TLanes, TVector>(int* sums, float* scales, ByteConstants layer, float* y, int rows, int width, bool gelu)
        where TLanes : struct, IFloatLanes<TVector>
        where TVector : unmanaged
    {
        if (width < TLanes.Count)
        {
            RunScalar(sums, scales, layer, y, rows, width, gelu);
            return;
        }

        for (var row = 0; row < rows; row++, sums += width, y += width, scales += 2)
        {
            var (step, zero) = (TLanes.Broadcast(scales[0]), TLanes.Broadcast(-scales[1]));
            for (var next = 0; next < width; next += TLanes.Count)
            {
                var i = Math.Min(next, width - TLanes.Count); // the last vector overlaps the one before it
                var own = TLanes.MultiplyAdd(zero, TLanes.Load(layer.Totals + i), TLanes.Multiply(TLanes.LoadIntegers(sums + i), TLanes.Load(layer.Steps + i)));
                var sum = TLanes.MultiplyAdd(step, own, TLanes.Load(layer.Bias + i));
                TLanes.Store(gelu ? Gelu.Of<TLanes, TVector>(sum) : sum, y + i);
            }
        }
    }
}
