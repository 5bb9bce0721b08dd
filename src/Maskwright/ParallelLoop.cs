using System.Runtime.ExceptionServices;

namespace Maskwright;

/// <summary>A loop on all cores that fails as a plain loop would: with the fault itself.</summary>
internal static class ParallelLoop
{
    /// <summary>Runs the body for 0 to <paramref name="count"/> - 1, in any order.</summary>
    public static void Run(int count, Action<int> body, CancellationToken cancellationToken = default)
    {
        try
        {
            Parallel.For(0, count, new ParallelOptions { CancellationToken = cancellationToken }, body);
        }
        catch (AggregateException faults)
        {
            ExceptionDispatchInfo.Throw(faults.InnerExceptions[0]);
        }
    }
}
