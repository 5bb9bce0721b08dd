namespace Maskwright.PostProcessing;

/// <summary>What a fully connected CRF believes of neighbouring pixels, and how long it thinks.</summary>
/// <remarks>The defaults were chosen on photos with degraded masks, see docs/performance.md; the paper's are for class scores of a whole scene: 60 pixels and more,
/// 10 to 13 steps of colour, which take thin parts away.</remarks>
public sealed record FullyConnectedCrfOptions
{
    /// <summary>The reach of the appearance kernel, in pixels (standard deviation); at least 0.125.</summary>
    public float AppearanceSigmaPixels { get; init; } = 10;

    /// <summary>How far colours may lie apart and still count as alike, in steps of 8 bits (standard deviation); at least 0.125.</summary>
    public float ColorSigma { get; init; } = 7;

    /// <summary>How much pixels of like colour pull each other to one side; at least 0.</summary>
    public float AppearanceWeight { get; init; } = 8;

    /// <summary>The reach of the smoothness kernel, in pixels (standard deviation); at least 0.125.</summary>
    public float SmoothnessSigmaPixels { get; init; } = 1.5f;

    /// <summary>How much near pixels of any colour pull each other to one side; at least 0.</summary>
    public float SmoothnessWeight { get; init; } = 0.5f;

    /// <summary>The most that the given mask may claim to know of a pixel: probabilities are cut to <c>1 - this</c> .. <c>this</c>; above 0.5, below 1.</summary>
    public float MaxConfidence { get; init; } = 0.995f;

    /// <summary>Rounds of mean field; 0 gives the cut probabilities back.</summary>
    public int Iterations { get; init; } = 8;

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(Iterations);
        CheckPositive(AppearanceSigmaPixels, nameof(AppearanceSigmaPixels));
        CheckPositive(ColorSigma, nameof(ColorSigma));
        CheckPositive(SmoothnessSigmaPixels, nameof(SmoothnessSigmaPixels));
        if (!(AppearanceWeight >= 0 && SmoothnessWeight >= 0 && float.IsFinite(AppearanceWeight + SmoothnessWeight)))
        {
            throw new ArgumentOutOfRangeException(nameof(AppearanceWeight), "The weights must be finite numbers, not below 0.");
        }

        if (MaxConfidence is not (> 0.5f and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(MaxConfidence), MaxConfidence, "The confidence must lie above 0.5 and below 1.");
        }
    }

    // 1/8 keeps the lattice's coordinates of any image within 21 bits.
    private static void CheckPositive(float sigma, string name)
    {
        if (!(float.IsFinite(sigma) && sigma >= 0.125f))
        {
            throw new ArgumentOutOfRangeException(name, sigma, "A standard deviation must be a finite number, at least 0.125.");
        }
    }
}
