namespace Maskwright.Metrics;

/// <summary>One measure at the best scales.</summary>
/// <param name="Threshold">The one threshold that is best for all images.</param>
/// <param name="Dataset">The measure there (ODS).</param>
/// <param name="Image">The measure when each image has a threshold of its own (OIS).</param>
public readonly record struct ScaleScore(double Threshold, double Dataset, double Image);
