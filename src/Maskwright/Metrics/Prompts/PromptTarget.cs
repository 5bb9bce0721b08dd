using Maskwright.Masks;

namespace Maskwright.Metrics;

/// <summary>An object that a prompt segmenter is asked for.</summary>
/// <param name="Mask">Its pixels, at least one, at the image's size.</param>
public sealed record PromptTarget(BinaryMask Mask)
{
    /// <summary>Pixels that count neither as right nor as wrong; null for none.</summary>
    public BinaryMask? Ignored { get; init; }
}
