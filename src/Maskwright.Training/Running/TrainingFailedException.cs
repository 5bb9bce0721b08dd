namespace Maskwright.Training.Running;

/// <summary>A run came to numbers that are none; the last checkpoint is still good.</summary>
public sealed class TrainingFailedException : Exception
{
    private const int MostNames = 16;

    /// <summary>Says where the run broke off.</summary>
    /// <param name="step">The step whose numbers are none, 0 for the first.</param>
    /// <param name="what">What is not finite.</param>
    /// <param name="photos">The photos that the step learned from.</param>
    public TrainingFailedException(long step, string what, IReadOnlyList<string> photos)
        : base($"Step {step + 1}: {what} is not a finite number; the run stops. Its batch: {Listed(photos)}. The last checkpoint is good: resume it with a lower learning rate, or without these photos.")
        => (Step, Photos) = (step, photos);

    /// <summary>The step, 0 for the first.</summary>
    public long Step { get; }

    /// <summary>The photos that the step learned from.</summary>
    public IReadOnlyList<string> Photos { get; }

    private static string Listed(IReadOnlyList<string> photos)
    {
        ArgumentNullException.ThrowIfNull(photos);
        return string.Join(", ", photos.Take(MostNames)) + (photos.Count > MostNames ? $" and {photos.Count - MostNames} more" : string.Empty);
    }
}
