using Maskwright.Training.Torch;

namespace Maskwright.Training.Optimisation;

/// <summary>Moves weights along their gradients; its whole memory can be written down and read back.</summary>
internal abstract class WeightOptimiser : IDisposable
{
    private readonly string[] _memories;
    private readonly List<Learned> _learned;

    /// <param name="weights">What learns.</param>
    /// <param name="options">How.</param>
    /// <param name="memories">The names of what is remembered of each weight; all of it begins at zero.</param>
    protected WeightOptimiser(TorchWeights weights, OptimiserOptions options, params string[] memories)
    {
        (Options, _memories) = (options, memories);
        if (NamePattern.FirstIdle(options.Rates.Keys, weights.Parameters.Keys) is { } idle)
        {
            throw new ArgumentException($"optimiser.rates: no parameter's name fits '{idle}'", nameof(options));
        }

        (string, double)[] rates = [.. options.Rates.Select(rate => (rate.Key, rate.Value))];
        _learned = [.. weights.Parameters.Select(pair => new Learned(pair.Key, pair.Value, NamePattern.FactorOf(pair.Key, rates), memories.Length))];
    }

    /// <summary>What is remembered, by a name that begins with the kind of memory and ends with the weight's.</summary>
    public IEnumerable<(string Name, TorchTensor Tensor)> State =>
        _memories.SelectMany((memory, i) => _learned.Select(learned => ($"{memory}/{learned.Name}", learned.Memory[i])));

    protected OptimiserOptions Options { get; }

    /// <summary>Makes the optimiser that a recipe names.</summary>
    public static WeightOptimiser Create(TorchWeights weights, OptimiserOptions options) =>
        options.Kind == OptimiserKind.Sgd ? new Sgd(weights, options) : new AdamW(weights, options);

    /// <summary>Shortens all gradients together to the largest norm allowed.</summary>
    /// <returns>The norm before; not finite when some gradient is not.</returns>
    public double ClipGradients()
    {
        using var scope = torch.NewDisposeScope();
        using var still = torch.no_grad();
        var gradients = _learned.Select(learned => learned.Parameter.grad).OfType<TorchTensor>().ToList();
        if (gradients.Count == 0)
        {
            return 0;
        }

        var norm = torch.stack([.. gradients.Select(gradient => gradient.norm())]).norm().ToDouble();
        if (norm > Options.MaxGradientNorm)
        {
            using var factor = (Options.MaxGradientNorm / norm).ToScalar();
            gradients.ForEach(gradient => gradient.mul_(factor));
        }

        return norm;
    }

    /// <summary>Moves every weight that has a gradient.</summary>
    /// <param name="rate">The learning rate.</param>
    /// <param name="step">0 for the first step of the run.</param>
    public abstract void Step(double rate, long step);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var memory in _learned.SelectMany(learned => learned.Memory))
        {
            memory.Dispose();
        }
    }

    /// <summary>Lets each weight that has a gradient be moved; the last number is its learning rate as a part of the network's.</summary>
    protected void ForEach(Action<TorchParameter, TorchTensor, TorchTensor[], double> move)
    {
        using var still = torch.no_grad();
        foreach (var learned in _learned)
        {
            using var scope = torch.NewDisposeScope();
            if (learned.Parameter.grad is { } gradient)
            {
                move(learned.Parameter, gradient, learned.Memory, learned.RateFactor);
            }
        }
    }

    private sealed class Learned
    {
        public Learned(string name, TorchParameter parameter, double rateFactor, int memories)
        {
            using var still = torch.no_grad();
            (Name, Parameter, RateFactor) = (name, parameter, rateFactor);
            Memory = [.. Enumerable.Range(0, memories).Select(_ => torch.zeros_like(parameter).DetachFromDisposeScope())];
        }

        public string Name { get; }

        public TorchParameter Parameter { get; }

        public double RateFactor { get; }

        public TorchTensor[] Memory { get; }
    }
}
