namespace Maskwright.Segmentation;

/// <summary>How far automatic generation has come on one image.</summary>
/// <param name="Stage">What is being done, in a few words.</param>
/// <param name="Done">Steps done.</param>
/// <param name="Total">Steps in all.</param>
public readonly record struct GenerationProgress(string Stage, int Done, int Total);
