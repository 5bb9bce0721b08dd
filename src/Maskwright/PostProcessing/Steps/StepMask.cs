using Maskwright.Masks;

namespace Maskwright.PostProcessing;

/// <summary>A mask on its way through post-processing steps.</summary>
/// <param name="Mask">The mask, at the image's size.</param>
/// <param name="Source">The number of the mask that it was in the beginning; several masks have the same when one was split.</param>
public sealed record StepMask(RunLengthMask Mask, int Source)
{
    /// <summary>Its score; where masks compete, the higher one stays. Masks without scores all have 1.</summary>
    public double Score { get; init; } = 1;

    /// <summary>Its category; masks of different categories are neither joined nor do they compete. Null is a category of its own.</summary>
    public string? Label { get; init; }
}
