using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Maskwright.Graphs.Kernels;

/// <summary>Attention with decomposed relative position, over a whole map or over windows, without an attention map in memory.</summary>
/// <remarks>
/// The work falls into independent tasks so that any scheduler can drive it: call <see cref="RunTask"/> once for every number below
/// <see cref="TaskCount"/>, in any order, from any threads, native ones included. Each task writes its own part of the output.
/// </remarks>
internal static unsafe class RelativePositionAttention
{
    /// <summary>Queries of a task when the whole map is one window: enough that gathering the keys does not count.</summary>
    private const int QueriesInTask = 1024;

    /// <summary>Number of independent tasks.</summary>
    /// <param name="shape">Sizes; validated here.</param>
    /// <returns>At least 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A size is out of range.</exception>
    public static int TaskCount(in RelativePositionAttentionShape shape)
    {
        shape.Validate();
        return checked(shape.Batch * shape.Heads * shape.WindowsDown * shape.WindowsAcross * Parts(shape));
    }

    /// <summary>Computes one task. Reads all inputs, writes only this task's part of the output.</summary>
    /// <param name="task">Number from 0 to <see cref="TaskCount"/> - 1.</param>
    /// <param name="shape">The same sizes that <see cref="TaskCount"/> was given.</param>
    /// <param name="buffers">Inputs and output; see <see cref="RelativePositionAttentionScalar"/> for the arithmetic.</param>
    public static void RunTask(int task, in RelativePositionAttentionShape shape, in RelativePositionAttentionBuffers buffers)
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
    /// <inheritdoc cref="RunTask(int, in RelativePositionAttentionShape, in RelativePositionAttentionBuffers)"/>
    public static void RunTask<TLanes, TVector>(int task, in RelativePositionAttentionShape shape, in RelativePositionAttentionBuffers buffers)
        where TLanes : struct, IFloatLanes<TVector>
        where TVector : unmanaged
    {
        var (rest, part) = Math.DivRem(task, Parts(shape));
        (rest, var head) = Math.DivRem(rest, shape.Heads); // heads of a window lie on the same pages: they follow one another
        var (image, window) = Math.DivRem(rest, shape.WindowsDown * shape.WindowsAcross);
        var (first, end) = shape.Window == 0 ? (part * QueriesInTask, (part + 1) * QueriesInTask) : (0, int.MaxValue);
        RelativePositionAttentionVector<TLanes, TVector>.Run(shape, buffers, image, window, head, first, end);
    }

    /// <summary>Computes all tasks on threads of the platform's pool.</summary>
    /// <param name="shape">Sizes.</param>
    /// <param name="buffers">Inputs and output.</param>
    /// <param name="threads">Most tasks at the same time; at least 1.</param>
    public static void Run(RelativePositionAttentionShape shape, RelativePositionAttentionBuffers buffers, int threads)
    {
        var count = TaskCount(shape);
        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = threads }, task => RunTask(task, shape, buffers));
    }

    private static int Parts(in RelativePositionAttentionShape shape) =>
        shape.Window == 0 ? (int)(((long)shape.Height * shape.Width + QueriesInTask - 1) / QueriesInTask) : 1;
}
