using Maskwright.Training.Torch;

namespace Maskwright.Training.Optimisation;

/// <summary>Stochastic gradient descent with momentum, after Nesterov where that is asked for.</summary>
/// <remarks>As PyTorch's: the rate multiplies the momentum, and weight decay is part of the gradient (Sutskever et al. 2013 put the rate inside).</remarks>
internal sealed class Sgd(TorchWeights weights, OptimiserOptions options) : WeightOptimiser(weights, options, "momentum")
{
    /// <inheritdoc/>
    public override void Step(double rate, long step)
    {
        var (decay, old) = (TorchNumber.Of(Options.WeightDecay), TorchNumber.Of(Options.Momentum));
        ForEach((parameter, gradient, memory, factor) =>
        {
            using var move = (-rate * factor).ToScalar();
            var whole = parameter.dim() > 1 ? gradient.add(parameter, decay) : gradient;
            var momentum = memory[0].mul_(old).add_(whole, TorchNumber.One);
            parameter.add_(Options.IsNesterov ? whole.add(momentum, old) : momentum, move);
        });
    }
}
