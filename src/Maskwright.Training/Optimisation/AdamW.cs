using Maskwright.Training.Torch;

namespace Maskwright.Training.Optimisation;

/// <summary>Adam with decoupled weight decay.</summary>
/// <remarks>Loshchilov and Hutter 2019.</remarks>
internal sealed class AdamW(TorchWeights weights, OptimiserOptions options) : WeightOptimiser(weights, options, "mean", "square")
{
    private const double Epsilon = 1e-8;

    /// <inheritdoc/>
    /// <remarks>The step's number corrects the moments' start at zero.</remarks>
    public override void Step(double rate, long step)
    {
        using var correction = Math.Sqrt(1 - Math.Pow(Options.Beta2, step + 1)).ToScalar();
        var start = 1 - Math.Pow(Options.Beta1, step + 1);
        var (newMean, oldMean) = (TorchNumber.Of(1 - Options.Beta1), TorchNumber.Of(Options.Beta1));
        var (newSquare, oldSquare) = (TorchNumber.Of(1 - Options.Beta2), TorchNumber.Of(Options.Beta2));
        ForEach((parameter, gradient, memory, factor) =>
        {
            using var move = (-rate * factor / start).ToScalar();
            if (parameter.dim() > 1)
            {
                using var keep = (1 - (rate * factor * Options.WeightDecay)).ToScalar();
                parameter.mul_(keep);
            }

            var (mean, square) = (memory[0], memory[1]);
            mean.mul_(oldMean).add_(gradient, newMean);
            square.mul_(oldSquare).addcmul_(gradient, gradient, newSquare);
            var denominator = square.sqrt().div_(correction).add_(TorchNumber.Of(Epsilon), TorchNumber.One);
            parameter.addcdiv_(mean, denominator, move);
        });
    }
}
