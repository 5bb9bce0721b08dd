namespace Maskwright.PostProcessing;

/// <summary>One parameter of a post-processing step.</summary>
/// <param name="Name">Its name, as in <c>name=value</c>.</param>
/// <param name="Meaning">What it says and in which unit, for people.</param>
public sealed record StepParameter(string Name, string Meaning)
{
    /// <summary>The value when none is given; null when one must be given; empty when leaving it out means that there is none.</summary>
    public string? Default { get; init; }

    /// <summary>The smallest number allowed.</summary>
    public double Min { get; init; }

    /// <summary>The largest number allowed.</summary>
    public double Max { get; init; } = int.MaxValue;

    /// <summary>Whether only whole numbers are allowed.</summary>
    public bool IsWhole { get; init; }

    /// <summary>The words allowed, where it is no number; else empty.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];
}
