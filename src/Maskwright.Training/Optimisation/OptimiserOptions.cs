namespace Maskwright.Training.Optimisation;

/// <summary>How weights follow gradients.</summary>
public sealed record OptimiserOptions
{
    /// <summary>Which rule weights follow.</summary>
    public OptimiserKind Kind { get; init; }

    /// <summary>The learning rate after warm-up.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>The last learning rate, as a part of the first.</summary>
    public double FinalFraction { get; init; } = 0.02;

    /// <summary>Steps until the full learning rate is reached.</summary>
    public int WarmUpSteps { get; init; } = 100;

    /// <summary>Steps at the end of the run over which the learning rate falls; null means all after the warm-up.</summary>
    public long? DecaySteps { get; init; }

    /// <summary>How the learning rate falls.</summary>
    public RateSchedule Schedule { get; init; }

    /// <summary>The power of the poly schedule.</summary>
    public double Power { get; init; } = 0.9;

    /// <summary>The decay of weights with two axes or more: AdamW's stands beside the gradient, gradient descent's is part of it.</summary>
    public double WeightDecay { get; init; } = 0.02;

    /// <summary>The memory of the mean gradient.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>The memory of the mean squared gradient.</summary>
    public double Beta2 { get; init; } = 0.99;

    /// <summary>Gradient descent's memory of earlier steps.</summary>
    public double Momentum { get; init; } = 0.9;

    /// <summary>Whether gradient descent counts a gradient as if its step were taken already (Nesterov 1983).</summary>
    public bool IsNesterov { get; init; }

    /// <summary>The largest norm of all gradients together; longer ones are shortened to it.</summary>
    public double MaxGradientNorm { get; init; } = 1;

    /// <summary>The memory of the averaged weights once the run is long enough; shorter at its beginning.</summary>
    public double AverageDecay { get; init; } = 0.998;

    /// <summary>Learning rates of some weights as a part of the whole network's, by patterns of their names, where <c>*</c> stands for any letters; the first that fits counts.</summary>
    public IReadOnlyDictionary<string, double> Rates { get; init; } = new Dictionary<string, double>();

    /// <summary>The learning rate of a step.</summary>
    /// <param name="step">0 for the first.</param>
    /// <param name="steps">Steps of the whole run.</param>
    /// <remarks>Linear warm-up, a plateau unless the whole rest falls, then the schedule's curve to the final fraction.</remarks>
    public double RateAt(long step, long steps)
    {
        if (step < WarmUpSteps)
        {
            return LearningRate * (step + 1) / WarmUpSteps;
        }

        var falling = Math.Max(1, Math.Min(DecaySteps ?? long.MaxValue, steps - WarmUpSteps));
        var progress = Math.Clamp((step - (steps - falling)) / (double)falling, 0, 1);
        var left = Schedule == RateSchedule.Poly ? Math.Pow(1 - progress, Power) : 0.5 * (1 + Math.Cos(Math.PI * progress));
        return LearningRate * (FinalFraction + ((1 - FinalFraction) * left));
    }

    /// <summary>Checks all values at once.</summary>
    /// <exception cref="ArgumentException">Some value is out of range; the message names all such.</exception>
    public void Validate()
    {
        var faults = new List<string>();
        Add(!(LearningRate > 0), $"learningRate {LearningRate} is not positive");
        Add(!(FinalFraction is >= 0 and <= 1), $"finalFraction {FinalFraction} is not in [0, 1]");
        Add(WarmUpSteps < 0, $"warmUpSteps {WarmUpSteps} is negative");
        Add(DecaySteps is < 0, $"decaySteps {DecaySteps} is negative");
        Add(!(WeightDecay >= 0), $"weightDecay {WeightDecay} is negative");
        Add(!(Beta1 is >= 0 and < 1 && Beta2 is >= 0 and < 1), $"beta1 {Beta1} or beta2 {Beta2} is not in [0, 1)");
        Add(!(Power > 0), $"power {Power} is not positive");
        Add(!(Momentum is >= 0 and < 1), $"momentum {Momentum} is not in [0, 1)");
        Add(IsNesterov && (Kind != OptimiserKind.Sgd || Momentum == 0), "isNesterov needs kind Sgd with momentum");
        Add(!(MaxGradientNorm > 0), $"maxGradientNorm {MaxGradientNorm} is not positive");
        Add(!(AverageDecay is >= 0 and < 1), $"averageDecay {AverageDecay} is not in [0, 1)");
        Add(Rates.Values.Any(rate => !(rate >= 0)), "a factor of rates is negative or no number");
        if (faults.Count > 0)
        {
            throw new ArgumentException(string.Join("; ", faults));
        }

        void Add(bool isWrong, string fault) => faults.AddRange(isWrong ? [fault] : []);
    }
}
