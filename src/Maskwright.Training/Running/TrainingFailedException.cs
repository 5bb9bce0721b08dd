namespace Maskwright.Training.Running;

/// <summary>A run came to numbers that are none; the last checkpoint is still good.</summary>
public sealed class TrainingFailedException : Exception
{
    /// <summary>Says where the run broke off.</summary>
    /// <param name="step">The step whose numbers are none, 0 for the first.</param>
    /// <param name="what">What is not finite.</param>
    public TrainingFailedException(long step, string what)
        : base($"Step {step + 1}: {what} is not a finite number; the run stops. The last checkpoint is good: resume it with a lower learning rate.")
        => Step = step;

    /// <summary>The step, 0 for the first.</summary>
    public long Step { get; }
}
