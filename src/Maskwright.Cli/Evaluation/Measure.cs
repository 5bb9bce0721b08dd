namespace Maskwright.Cli.Evaluation;

/// <summary>What is measured.</summary>
/// <param name="Name">Its name in tables.</param>
/// <param name="Meaning">One line for a reader who does not know the name.</param>
internal sealed record Measure(string Name, string Meaning)
{
    /// <summary>Decimals in tables.</summary>
    public int Decimals { get; init; } = 3;

    /// <summary>Whether more is better; null where neither is.</summary>
    public bool? MoreIsBetter { get; init; } = true;

    /// <summary>Whether the measure is a share of 1, so that plots can span 0 to 1.</summary>
    public bool IsShare { get; init; } = true;
}
