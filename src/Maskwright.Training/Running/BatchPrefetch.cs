using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace Maskwright.Training.Running;

/// <summary>Draws coming batches on a thread of its own, in order.</summary>
internal sealed class BatchPrefetch : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly BlockingCollection<TrainingBatch> _ready;
    private readonly Thread _thread;
    private ExceptionDispatchInfo? _fault;

    /// <param name="draw">Draws a batch by its number.</param>
    /// <param name="first">The first number wanted.</param>
    /// <param name="end">One past the last.</param>
    /// <param name="ahead">How many batches may wait.</param>
    public BatchPrefetch(Func<long, TrainingBatch> draw, long first, long end, int ahead)
    {
        _ready = new BlockingCollection<TrainingBatch>(ahead);
        _thread = new Thread(() => Draw(draw, first, end)) { IsBackground = true, Name = "training data" };
        _thread.Start();
    }

    /// <summary>The next batch.</summary>
    /// <exception cref="InvalidOperationException">All were taken.</exception>
    public TrainingBatch Take()
    {
        try
        {
            return _ready.Take();
        }
        catch (InvalidOperationException) when (_fault is not null)
        {
            _fault.Throw();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop.Cancel();
        _thread.Join();
        _ready.Dispose();
        _stop.Dispose();
    }

    // What goes wrong here is told by Take, after the batches that were still good.
    private void Draw(Func<long, TrainingBatch> draw, long first, long end)
    {
        try
        {
            for (var number = first; number < end; number++)
            {
                _ready.Add(draw(number), _stop.Token);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
        }
        catch (Exception fault)
        {
            _fault = ExceptionDispatchInfo.Capture(fault);
        }
        finally
        {
            _ready.CompleteAdding();
        }
    }
}
