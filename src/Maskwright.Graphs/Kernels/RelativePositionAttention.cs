namespace Maskwright.Graphs.Kernels;

/// <summary>Attention with decomposed relative position, over a whole map or over windows, without an attention map in memory.</summary>
/// <remarks>
/// The work falls into independent tasks so that any scheduler can drive it: call <see cref="RunTask"/> once for every number below
/// <see cref="TaskCount"/>, in any order, from any threads, native ones included. Each task writes its own part of the output.
/// </remarks>
internal static unsafe class RelativePositionAttention
{
    /// <summary>Number of independent tasks.</summary>
    /// <param name="shape">Sizes; validated here.</param>
    /// <returns>At least 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A size is out of range.</exception>
    public static int TaskCount(in RelativePositionAttentionShape shape)
    {
        shape.Validate();
        return 1;
    }

    /// <summary>Computes one task. Reads all inputs, writes only this task's part of the output.</summary>
    /// <param name="task">Number from 0 to <see cref="TaskCount"/> - 1.</param>
    /// <param name="shape">The same sizes that <see cref="TaskCount"/> was given.</param>
    /// <param name="buffers">Inputs and output; see <see cref="RelativePositionAttentionScalar"/> for the arithmetic.</param>
    public static void RunTask(int task, in RelativePositionAttentionShape shape, in RelativePositionAttentionBuffers buffers)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(task, 0);
        RelativePositionAttentionScalar.Run(shape, buffers);
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
}
