using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Maskwright.Graphs.Kernels;

/// <summary>Attention of several heads, with or without a learned bias, without an attention map in memory and without transposed copies.</summary>
/// <remarks>Tasks as in <see cref="RelativePositionAttention"/>.</remarks>
internal static unsafe class MultiHeadAttention
{
    private const int QueriesInTask = 1024;
    private const int FewKeys = 64;
    private const long PairsInTask = 1 << 20;

    /// <summary>Number of independent tasks.</summary>
    /// <param name="shape">Sizes; validated here.</param>
    /// <returns>At least 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A size is out of range.</exception>
    public static int TaskCount(in MultiHeadAttentionShape shape)
    {
        shape.Validate();
        return checked(shape.Batch * (shape.Heads / HeadsInTask(shape)) * Parts(shape));
    }

    /// <summary>Computes one task. Reads all inputs, writes only this task's part of the output.</summary>
    /// <param name="task">Number from 0 to <see cref="TaskCount"/> - 1.</param>
    /// <param name="shape">The same sizes that <see cref="TaskCount"/> was given.</param>
    /// <param name="buffers">Inputs and output; see <see cref="MultiHeadAttentionScalar"/> for the arithmetic.</param>
    public static void RunTask(int task, in MultiHeadAttentionShape shape, in MultiHeadAttentionBuffers buffers)
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
    /// <inheritdoc cref="RunTask(int, in MultiHeadAttentionShape, in MultiHeadAttentionBuffers)"/>
    public static void RunTask<TLanes, TVector>(int task, in MultiHeadAttentionShape shape, in MultiHeadAttentionBuffers buffers)
        where TLanes : struct, IFloatLanes<TVector>
        where TVector : unmanaged
    {
        var heads = HeadsInTask(shape);
        var (rest, group) = Math.DivRem(task, shape.Heads / heads);
        var (batch, part) = Math.DivRem(rest, Parts(shape));
        var first = part * QueriesOfTask(shape);
        var end = Math.Min(shape.Queries, first + QueriesOfTask(shape));
        MultiHeadAttentionVector<TLanes, TVector>.Run(shape, buffers, batch, group * heads, heads, first, end);
    }

    /// <summary>Computes all tasks on threads of the platform's pool.</summary>
    /// <param name="shape">Sizes.</param>
    /// <param name="buffers">Inputs and output.</param>
    /// <param name="threads">Most tasks at the same time; at least 1.</param>
    public static void Run(MultiHeadAttentionShape shape, MultiHeadAttentionBuffers buffers, int threads)
    {
        var count = TaskCount(shape);
        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = threads }, task => RunTask(task, shape, buffers));
    }

    /// <summary>All heads where the keys of all of them stay in the nearest cache.</summary>
    private static int HeadsInTask(in MultiHeadAttentionShape shape) => shape.Keys <= FewKeys ? shape.Heads : 1;

    /// <summary>Many queries where there are few keys, so that a task is worth starting.</summary>
    private static int QueriesOfTask(in MultiHeadAttentionShape shape) => (int)Math.Clamp(PairsInTask / shape.Keys / HeadsInTask(shape), QueriesInTask, 1 << 20);

    private static int Parts(in MultiHeadAttentionShape shape) => (int)(((long)shape.Queries + QueriesOfTask(shape) - 1) / QueriesOfTask(shape));
}
