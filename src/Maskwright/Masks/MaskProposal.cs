using Maskwright.Geometry;

namespace Maskwright.Masks;

/// <summary>One mask that a segmenter proposes, with what is known about it; all coordinates in original image pixels.</summary>
/// <param name="Mask">The mask, at the image's size.</param>
/// <param name="PredictedIou">The model's own estimate of the mask's IoU with the object; SAM's may leave [0,1].</param>
public sealed record MaskProposal(RunLengthMask Mask, double PredictedIou)
{
    /// <summary>How little the mask changes when its cut-off moves, in [0,1]; null when the segmenter does not measure it.</summary>
    public double? StabilityScore { get; init; }

    /// <summary>The point that prompted the mask; null when it came from a box or from no prompt.</summary>
    public PixelPoint? PromptPoint { get; init; }

    /// <summary>The part of the image that the segmenter looked at; null means all of it.</summary>
    public PixelRect? CropBox { get; init; }

    /// <summary>The logits before the cut, to be given back as a mask hint; null when the generator let them go to save memory.</summary>
    public MaskLogits? Logits { get; init; }

    /// <summary>The class name; null for class-agnostic masks.</summary>
    public string? Label { get; init; }

    /// <summary>The class's number in the model that proposed the mask; null for class-agnostic masks.</summary>
    public int? ClassNumber { get; init; }

    /// <summary>The number of set pixels.</summary>
    public long Area => Mask.Area;

    /// <summary>The smallest rectangle of whole pixels that holds the mask, half-open; empty at (0, 0) for an empty mask.</summary>
    public PixelRect Bounds => Mask.Bounds;
}
