namespace Maskwright.PostProcessing;

/// <summary>How far a guided filter looks, and how faithfully it follows the image.</summary>
public sealed record GuidedFilterOptions
{
    /// <summary>Windows measure <c>2 * radius + 1</c> pixels across; at least 1.</summary>
    public int RadiusPixels { get; init; } = 8;

    /// <summary>The variance of colours (channels in [0,1]) below which a window counts as flat; above 0.</summary>
    public double Epsilon { get; init; } = 1e-4;
}
