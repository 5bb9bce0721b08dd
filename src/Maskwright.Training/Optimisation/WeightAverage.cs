using Maskwright.Training.Torch;

namespace Maskwright.Training.Optimisation;

/// <summary>The exponential moving average of all weights and running statistics: what is evaluated and shipped.</summary>
internal sealed class WeightAverage : IDisposable
{
    private readonly TorchWeights _weights;
    private readonly double _decay;
    private readonly OrderedDictionary<string, TorchTensor> _average = [];

    public WeightAverage(TorchWeights weights, double decay)
    {
        using var still = torch.no_grad();
        (_weights, _decay) = (weights, decay);
        foreach (var name in weights.Names)
        {
            _average.Add(name, weights[name].detach().clone().DetachFromDisposeScope());
        }
    }

    /// <summary>The averages by name.</summary>
    public IReadOnlyDictionary<string, TorchTensor> Tensors => _average;

    /// <summary>Takes the weights of a step in.</summary>
    /// <param name="step">0 for the first: early averages forget faster, since the first weights are worth nothing.</param>
    public void Add(long step)
    {
        using var still = torch.no_grad();
        var decay = Math.Min(_decay, (step + 1.0) / (step + 10.0));
        using var old = decay.ToScalar();
        using var news = (1 - decay).ToScalar();
        using var scope = torch.NewDisposeScope();
        foreach (var (name, average) in _average)
        {
            average.mul_(old).add_(_weights[name], news);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var average in _average.Values)
        {
            average.Dispose();
        }
    }
}
