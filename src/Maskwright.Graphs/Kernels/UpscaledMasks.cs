using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Maskwright.Graphs.Kernels;

/// <summary>SAM's up-scaler from what a prompt adds to an image to mask logits, cell by cell, with nothing in between in memory.</summary>
/// <remarks>Wants AVX-512 F and DQ, or AVX2 with FMA, or any 128-bit vectors. Tasks as in <see cref="MultiHeadAttention"/>: a part of one prompt's cells each.</remarks>
internal static unsafe class UpscaledMasks
{
    private const int CellsInTask = 1024;

    /// <summary>Number of independent tasks.</summary>
    /// <param name="shape">Sizes; validated here.</param>
    /// <returns>At least 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A size is out of range.</exception>
    public static int TaskCount(in UpscaledMasksShape shape)
    {
        shape.Validate();
        return checked(shape.Prompts * Parts(shape));
    }

    /// <summary>Computes one task. Reads all inputs, writes only this task's part of the output.</summary>
    /// <param name="task">Number from 0 to <see cref="TaskCount"/> - 1.</param>
    /// <param name="shape">The same sizes that <see cref="TaskCount"/> was given.</param>
    /// <param name="buffers">Inputs and output; see <see cref="UpscaledMasksScalar"/> for the arithmetic.</param>
    public static void RunTask(int task, in UpscaledMasksShape shape, in UpscaledMasksBuffers buffers)
    {
        if (Vector512.IsHardwareAccelerated && Avx512DQ.IsSupported)
        {
            RunTask<FloatLanes512, Vector512<float>>(task, shape, buffers);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            RunTask<FloatLanes256, Vector256<float>>(task, shape, buffers);
        }
        else
        {
            RunTask<FloatLanes128, Vector128<float>>(task, shape, buffers);
        }
    }

    /// <summary>Computes one task with vectors of a given width.</summary>
    /// <typeparam name="TLanes">Arithmetic; its instructions must be there.</typeparam>
    /// <typeparam name="TVector">Vector of that arithmetic.</typeparam>
    /// <inheritdoc cref="RunTask(int, in UpscaledMasksShape, in UpscaledMasksBuffers)"/>
    public static void RunTask<TLanes, TVector>(int task, in UpscaledMasksShape shape, in UpscaledMasksBuffers buffers)
        where TLanes : struct, IFloatLanes<TVector>
        where TVector : unmanaged
    {
        var (prompt, part) = Math.DivRem(task, Parts(shape));
        var first = part * CellsInTask;
        UpscaledMasksVector<TLanes, TVector>.Run(shape, buffers, prompt, first, Math.Min(shape.Cells, first + CellsInTask));
    }

    private static int Parts(in UpscaledMasksShape shape) => (shape.Cells + CellsInTask - 1) / CellsInTask;
}
