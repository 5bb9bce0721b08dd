namespace Maskwright.Training.Torch;

/// <summary>Parameters that learn at one rate and decay alike.</summary>
/// <param name="Names">Their names.</param>
/// <param name="Parameters">The parameters, in the order of their names.</param>
/// <param name="RateFactor">Their learning rate as a part of the whole network's.</param>
/// <param name="WeightDecay">How much of themselves they lose a step, times the learning rate.</param>
public sealed record ParameterGroup(IReadOnlyList<string> Names, IReadOnlyList<TorchParameter> Parameters, double RateFactor, double WeightDecay)
{
    /// <summary>Sorts what can learn into groups. Norms and biases, which have one axis, do not decay; frozen parameters are in no group.</summary>
    /// <param name="weights">The network.</param>
    /// <param name="weightDecay">For parameters of two axes or more, at least 0.</param>
    /// <param name="rates">Patterns of names with their learning rate as a part of the whole network's; the first that fits counts, 1 where none does.</param>
    /// <returns>At least one parameter a group.</returns>
    /// <exception cref="ArgumentException">A pattern fits no parameter.</exception>
    public static IReadOnlyList<ParameterGroup> Of(TorchWeights weights, double weightDecay, params IReadOnlyList<(string Pattern, double RateFactor)> rates)
    {
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentOutOfRangeException.ThrowIfNegative(weightDecay);
        ArgumentNullException.ThrowIfNull(rates);
        if (NamePattern.FirstIdle(rates.Select(rate => rate.Pattern), weights.Parameters.Keys) is { } idle)
        {
            throw new ArgumentException($"No parameter's name fits '{idle}'.", nameof(rates));
        }

        return
        [
            .. weights.Parameters.Where(pair => !weights.IsFrozen(pair.Key))
                .GroupBy(pair => (Rate: NamePattern.FactorOf(pair.Key, rates), Decay: pair.Value.dim() > 1 ? weightDecay : 0))
                .Select(group => new ParameterGroup([.. group.Select(pair => pair.Key)], [.. group.Select(pair => pair.Value)], group.Key.Rate, group.Key.Decay)),
        ];
    }
}
