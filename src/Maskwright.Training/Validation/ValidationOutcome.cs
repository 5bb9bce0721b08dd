namespace Maskwright.Training.Validation;

/// <summary>What a judgement found.</summary>
/// <param name="Measures">A value for each of the validator's measures.</param>
/// <param name="Groups">The first measure for each class or set.</param>
/// <param name="Examples">A few images with truth and answer.</param>
internal sealed record ValidationOutcome(
    IReadOnlyDictionary<string, double> Measures, IReadOnlyDictionary<string, double> Groups, IReadOnlyList<ValidationExample> Examples)
{
    /// <summary>How many images are shown.</summary>
    public const int Shown = 8;
}
