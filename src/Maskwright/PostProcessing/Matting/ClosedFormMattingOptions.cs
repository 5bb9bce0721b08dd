namespace Maskwright.PostProcessing;

/// <summary>How alpha is solved for.</summary>
public sealed record ClosedFormMattingOptions
{
    /// <summary>Windows measure <c>2 * radius + 1</c> pixels across; at least 1. Larger ones reach over gaps and need fewer rounds.</summary>
    public int RadiusPixels { get; init; } = 1;

    /// <summary>Regularisation of colour variances (channels in [0,1]), divided by the pixels of a window; above 0.</summary>
    public double Epsilon { get; init; } = 1e-7;

    /// <summary>Stops when the residual has fallen to this part of what it was; above 0.</summary>
    public double RelativeTolerance { get; init; } = 1e-5;

    /// <summary>Stops after so many rounds; at least 1.</summary>
    public int MaxIterations { get; init; } = 2000;
}
