using System.Runtime.ExceptionServices;

namespace Maskwright.Networks;

/// <summary>A loop whose passes go on several threads, and that fails as a plain loop would: with the fault itself.</summary>
internal static class SideBySide
{
    /// <summary>Runs the body for 0 to <paramref name="count"/> - 1, in any order.</summary>
    /// <param name="count">How many passes.</param>
    /// <param name="threads">How many at a time; with 1 in their order on the caller's thread.</param>
    /// <param name="body">A pass.</param>
    /// <param name="cancellationToken">Stops between passes.</param>
    public static void Run(int count, int threads, Action<int> body, CancellationToken cancellationToken)
    {
        if (threads == 1)
        {
            for (var i = 0; i < count; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                body(i);
            }

            return;
        }

        try
        {
            Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken }, body);
        }
        catch (AggregateException faults)
        {
            ExceptionDispatchInfo.Throw(faults.InnerExceptions[0]);
        }
    }
}
