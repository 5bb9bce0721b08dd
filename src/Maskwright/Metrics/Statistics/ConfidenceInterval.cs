namespace Maskwright.Metrics;

/// <summary>A measured value and where it would lie if the sample were drawn again.</summary>
/// <param name="Value">What the whole sample gives.</param>
/// <param name="Low">The lower end.</param>
/// <param name="High">The upper end.</param>
/// <param name="Confidence">The share of resamples between both ends.</param>
public readonly record struct ConfidenceInterval(double Value, double Low, double High, double Confidence);
