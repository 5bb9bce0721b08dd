namespace Maskwright.Masks;

/// <summary>A mask cut from logits, with how firmly the cut stands.</summary>
/// <param name="Mask">The pixels whose logit lies above the threshold, at the image's size.</param>
/// <param name="StabilityScore">In [0,1]: area above threshold + offset over area above threshold - offset; 1 is most stable, 0 where the wider mask is empty.</param>
public sealed record ThresholdedMask(RunLengthMask Mask, double StabilityScore);
