using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Maskwright.Graphs.Kernels;

/// <summary>Rows of numbers as bytes, each row on the finest scale that holds it, so that no token depends on another.</summary>
/// <remarks>Wants AVX-512 F and DQ, or AVX2 with FMA, or any 128-bit vectors. A task is some rows.</remarks>
internal static unsafe class QuantizedRows
{
    /// <summary>The specification.</summary>
    /// <param name="x">[rows,width].</param>
    /// <param name="bytes">[rows,width].</param>
    /// <param name="scales">[rows,2]: step and zero of every row's <see cref="ByteScale"/>.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="width">Numbers of a row, positive.</param>
    public static void RunScalar(float* x, byte* bytes, float* scales, int rows, int width)
    {
        for (var row = 0; row < rows; row++, x += width, bytes += width, scales += 2)
        {
            var (least, greatest) = (0f, 0f);
            for (var i = 0; i < width; i++)
            {
                (least, greatest) = (MathF.Min(least, x[i]), MathF.Max(greatest, x[i]));
            }

            var scale = ByteScale.Of(least, greatest);
            (scales[0], scales[1]) = (scale.Step, scale.Zero);
            for (var i = 0; i < width; i++)
            {
                bytes[i] = scale.ByteOf(x[i]);
            }
        }
    }

    /// <summary>The vector form.</summary>
    /// <inheritdoc cref="RunScalar"/>
    public static void Run(float* x, byte* bytes, float* scales, int rows, int width)
    {
        if (Vector512.IsHardwareAccelerated && Avx512DQ.IsSupported)
        {
            Run<FloatLanes512, Vector512<float>>(x, bytes, scales, rows, width);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Run<FloatLanes256, Vector256<float>>(x, bytes, scales, rows, width);
        }
        else
        {
            Run<FloatLanes128, Vector128<float>>(x, bytes, scales, rows, width);
        }
    }

    /// <summary>The vector form with vectors of a given width.</summary>
    /// <typeparam name="TLanes">Arithmetic; its instructions must be there.</typeparam>
    /// <typeparam name="TVector">Vector of that arithmetic.</typeparam>
    /// <inheritdoc cref="RunScalar"/>
    [MethodImpl(KernelMethod.Loop)]
    public static void Run<TLanes, TVector>(float* x, byte* bytes, float* scales, int rows, int width)
        where TLanes : struct, IFloatLanes<TVector>
        where TVector : unmanaged
    {
        var whole = width - (width % TLanes.Count);
        for (var row = 0; row < rows; row++, x += width, bytes += width, scales += 2)
        {
            var (least, greatest) = ByteLanes.Range<TLanes, TVector>(x, width);
            var scale = ByteScale.Of(least, greatest);
            (scales[0], scales[1]) = (scale.Step, scale.Zero);
            var (factor, offset) = (TLanes.Broadcast(scale.Factor), TLanes.Broadcast(scale.Offset));
            for (var i = 0; i < whole; i += TLanes.Count)
            {
                TLanes.StoreBytes(ByteLanes.Scaled<TLanes, TVector>(TLanes.Load(x + i), factor, offset), bytes + i);
            }

            for (var i = whole; i < width; i++)
            {
                bytes[i] = scale.ByteOf(x[i]);
            }
        }
    }
}
