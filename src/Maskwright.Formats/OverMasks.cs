using System.Runtime.ExceptionServices;

namespace Maskwright.Formats;

/// <summary>Does something for every mask on all cores.</summary>
internal static class OverMasks
{
    /// <summary>Runs an action for 0..count-1; what it throws first comes out as it is.</summary>
    public static void ForEach(int count, Action<int> action, CancellationToken cancellationToken)
    {
        try
        {
            var options = new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Environment.ProcessorCount };
            Parallel.For(0, count, options, action);
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }
    }
}
