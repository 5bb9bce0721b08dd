using Maskwright.Training.Torch;

namespace Maskwright.Training.Optimisation;

/// <summary>Adam with decoupled weight decay (Loshchilov and Hutter 2019), whose whole state can be written down and read back.</summary>
internal sealed class AdamW : IDisposable
{
    private const double Epsilon = 1e-8;

    private readonly OptimiserOptions _options;
    private readonly OrderedDictionary<string, Moments> _moments = [];

    public AdamW(TorchWeights weights, OptimiserOptions options)
    {
        _options = options;
        foreach (var (name, parameter) in weights.Parameters)
        {
            _moments.Add(name, new Moments(parameter));
        }
    }

    /// <summary>The running means of gradients and of their squares, by the parameter's name.</summary>
    public IReadOnlyDictionary<string, Moments> State => _moments;

    /// <summary>Shortens all gradients together to the largest norm allowed.</summary>
    /// <returns>The norm before; not finite when some gradient is not.</returns>
    public double ClipGradients()
    {
        using var scope = torch.NewDisposeScope();
        using var still = torch.no_grad();
        var gradients = _moments.Values.Select(m => m.Parameter.grad).OfType<TorchTensor>().ToList();
        if (gradients.Count == 0)
        {
            return 0;
        }

        var norm = torch.stack([.. gradients.Select(gradient => gradient.norm())]).norm().ToDouble();
        if (norm > _options.MaxGradientNorm)
        {
            using var factor = (_options.MaxGradientNorm / norm).ToScalar();
            gradients.ForEach(gradient => gradient.mul_(factor));
        }

        return norm;
    }

    /// <summary>Moves every parameter that has a gradient.</summary>
    /// <param name="rate">The learning rate.</param>
    /// <param name="step">0 for the first step of the run: corrects the moments' start at zero.</param>
    public void Step(double rate, long step)
    {
        using var still = torch.no_grad();
        using var correction = Math.Sqrt(1 - Math.Pow(_options.Beta2, step + 1)).ToScalar();
        using var move = (-rate / (1 - Math.Pow(_options.Beta1, step + 1))).ToScalar();
        using var keep = (1 - (rate * _options.WeightDecay)).ToScalar();
        var (newMean, oldMean) = (TorchNumber.Of(1 - _options.Beta1), TorchNumber.Of(_options.Beta1));
        var (newSquare, oldSquare) = (TorchNumber.Of(1 - _options.Beta2), TorchNumber.Of(_options.Beta2));
        foreach (var m in _moments.Values)
        {
            using var scope = torch.NewDisposeScope();
            if (m.Parameter.grad is not { } gradient)
            {
                continue;
            }

            if (m.Parameter.dim() > 1)
            {
                m.Parameter.mul_(keep);
            }

            m.Mean.mul_(oldMean).add_(gradient, newMean);
            m.Square.mul_(oldSquare).addcmul_(gradient, gradient, newSquare);
            var denominator = m.Square.sqrt().div_(correction).add_(TorchNumber.Of(Epsilon), TorchNumber.One);
            m.Parameter.addcdiv_(m.Mean, denominator, move);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var m in _moments.Values)
        {
            m.Mean.Dispose();
            m.Square.Dispose();
        }
    }

    /// <summary>What AdamW remembers of one parameter.</summary>
    internal sealed class Moments
    {
        public Moments(TorchParameter parameter)
        {
            using var still = torch.no_grad();
            Parameter = parameter;
            Mean = torch.zeros_like(parameter).DetachFromDisposeScope();
            Square = torch.zeros_like(parameter).DetachFromDisposeScope();
        }

        public TorchParameter Parameter { get; }

        public TorchTensor Mean { get; }

        public TorchTensor Square { get; }
    }
}
