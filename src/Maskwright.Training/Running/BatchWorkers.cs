using System.Runtime.ExceptionServices;
using Maskwright.Training.Torch;

namespace Maskwright.Training.Running;

/// <summary>Computes a batch in parts side by side, each with a learner of its own, and brings the gradients together in the first.</summary>
/// <remarks>Sums are taken in a fixed order, so that equal batches give equal gradients.</remarks>
internal sealed class BatchWorkers : IDisposable
{
    private readonly List<ILearner> _parts;

    /// <param name="parts">At least one; the first holds the network that learns, the others copies of it, which are disposed here.</param>
    public BatchWorkers(IEnumerable<ILearner> parts) => _parts = [.. parts];

    /// <summary>Computes the loss and the gradients of a batch, which are added to those that are there.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="share">Its share in the step.</param>
    /// <returns>The parts' numbers.</returns>
    public IReadOnlyList<BatchScores> Backward(TrainingBatch batch, double share = 1)
    {
        var scores = new BatchScores[_parts.Count];
        ForEachPart(i =>
        {
            int first = batch.Crops.Count * i / _parts.Count, end = batch.Crops.Count * (i + 1) / _parts.Count;
            var part = batch with { Crops = [.. batch.Crops.Take(first..end)] };
            scores[i] = _parts[i].Backward(part, batch.FirstSlot + first, share * (end - first) / batch.Crops.Count);
        });
        Gather();
        return scores;
    }

    /// <summary>Gives the learned weights to all copies.</summary>
    public void Spread()
    {
        using var scope = torch.NewDisposeScope();
        using var still = torch.no_grad();
        var learned = _parts[0].Weights;
        foreach (var copy in _parts.Skip(1).Select(part => part.Weights))
        {
            foreach (var name in learned.Names)
            {
                copy[name].copy_(learned[name]);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var part in _parts.Skip(1))
        {
            part.Dispose();
        }
    }

    // The fault of one part is told as it is, without the frame of the loop.
    private void ForEachPart(Action<int> compute)
    {
        try
        {
            Parallel.For(0, _parts.Count, new ParallelOptions { MaxDegreeOfParallelism = _parts.Count }, compute);
        }
        catch (AggregateException faults)
        {
            ExceptionDispatchInfo.Throw(faults.InnerExceptions[0]);
            throw;
        }
    }

    // Gradients are summed, since the parts' losses were weighed by their shares; running statistics are averaged.
    private void Gather()
    {
        using var scope = torch.NewDisposeScope();
        using var still = torch.no_grad();
        var target = _parts[0].Weights;
        foreach (var copy in _parts.Skip(1).Select(part => part.Weights))
        {
            foreach (var (name, parameter) in target.Parameters)
            {
                Add(parameter, copy.Parameters[name].grad);
            }

            copy.ForgetGradients();
        }

        foreach (var (name, statistic) in target.Buffers.Where(_ => _parts.Count > 1))
        {
            _parts.Skip(1).ToList().ForEach(part => statistic.add_(part.Weights[name], TorchNumber.One));
            statistic.div_(TorchNumber.Of(_parts.Count));
            _parts.Skip(1).ToList().ForEach(part => part.Weights[name].copy_(statistic));
        }
    }

    private static void Add(TorchParameter parameter, TorchTensor? gradient)
    {
        if (gradient is not null && parameter.grad is { } own)
        {
            own.add_(gradient, TorchNumber.One);
        }
        else if (gradient is not null)
        {
            parameter.grad = gradient.clone().DetachFromDisposeScope();
        }
    }
}
