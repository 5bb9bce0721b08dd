namespace Maskwright.Metrics;

/// <summary>How resampling is done; the same seed gives the same numbers.</summary>
public sealed record BootstrapOptions
{
    /// <summary>How often the sample is drawn again, at least 1.</summary>
    public int Resamples { get; init; } = 10_000;

    /// <summary>The share of resamples that an interval holds, in (0,1).</summary>
    public double Confidence { get; init; } = 0.95;

    /// <summary>The random numbers' seed.</summary>
    public int Seed { get; init; }

    /// <summary>Refuses settings that cannot be used.</summary>
    /// <exception cref="ArgumentException">A value is out of range.</exception>
    public void Validate()
    {
        if (Resamples < 1 || !(Confidence > 0 && Confidence < 1))
        {
            throw new ArgumentException($"At least one resample and a confidence inside (0,1) are needed, not {Resamples} and {Confidence}.");
        }
    }
}
