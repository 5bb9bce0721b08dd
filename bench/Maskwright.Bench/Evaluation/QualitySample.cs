namespace Maskwright.Bench.Evaluation;

/// <summary>A region, and how well it covers an object.</summary>
/// <param name="Weight">How much it counts.</param>
/// <param name="Target">IoU.</param>
/// <param name="Features">What the quality is predicted from.</param>
internal sealed record QualitySample(double Weight, double Target, float[] Features);
