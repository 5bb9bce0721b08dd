namespace Maskwright.PostProcessing;

/// <summary>How foreground colours are estimated.</summary>
public sealed record ForegroundEstimationOptions
{
    /// <summary>How much neighbouring colours are held together where alpha is level; above 0.</summary>
    public float Regularization { get; init; } = 1e-5f;

    /// <summary>How much more they are held together where alpha changes; at least 0.</summary>
    public float GradientWeight { get; init; } = 1;

    /// <summary>Rounds on levels of up to 32 pixels a side; at least 1.</summary>
    public int SmallLevelIterations { get; init; } = 10;

    /// <summary>Rounds on larger levels; at least 1.</summary>
    public int LargeLevelIterations { get; init; } = 2;
}
