using System.Collections.Concurrent;

namespace Maskwright.Training.Running;

/// <summary>Draws coming batches on threads of their own, and hands them out in order.</summary>
internal sealed class BatchPrefetch : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<long, TaskCompletionSource<TrainingBatch>> _drawn = [];
    private readonly SemaphoreSlim _room;
    private readonly Thread[] _threads;
    private readonly long _end;
    private long _begun;
    private long _next;

    /// <param name="draw">Draws a batch by its number; called by all threads.</param>
    /// <param name="first">The first number wanted.</param>
    /// <param name="end">One past the last.</param>
    /// <param name="ahead">How many batches may wait.</param>
    /// <param name="threads">How many draw, each a batch of its own.</param>
    public BatchPrefetch(Func<long, TrainingBatch> draw, long first, long end, int ahead, int threads = 1)
    {
        (_next, _begun, _end) = (first, first - 1, end);
        _room = new SemaphoreSlim(ahead + threads);
        _threads = [.. Enumerable.Range(0, threads).Select(_ => new Thread(() => Draw(draw)) { IsBackground = true, Name = "training data" })];
        Array.ForEach(_threads, thread => thread.Start());
    }

    /// <summary>The next batch; what went wrong with it is thrown here, after the batches before it.</summary>
    /// <exception cref="InvalidOperationException">All were taken.</exception>
    public TrainingBatch Take()
    {
        if (_next >= _end)
        {
            throw new InvalidOperationException("All batches were taken.");
        }

        var batch = Place(_next).Task.GetAwaiter().GetResult();
        _drawn.TryRemove(_next++, out _);
        _room.Release();
        return batch;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop.Cancel();
        Array.ForEach(_threads, thread => thread.Join());
        _room.Dispose();
        _stop.Dispose();
    }

    private TaskCompletionSource<TrainingBatch> Place(long number) => _drawn.GetOrAdd(number, _ => new TaskCompletionSource<TrainingBatch>());

    // Numbers are begun in their order and room is given back in it, so that the next one wanted is always under way.
    private void Draw(Func<long, TrainingBatch> draw)
    {
        try
        {
            while (true)
            {
                _room.Wait(_stop.Token);
                var number = Interlocked.Increment(ref _begun);
                if (number >= _end)
                {
                    return;
                }

                try
                {
                    Place(number).SetResult(draw(number));
                }
                catch (Exception fault)
                {
                    Place(number).SetException(fault);
                    return;
                }
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
        }
    }
}
