using Maskwright.Graphs;

namespace Maskwright.Networks.Sam;

/// <summary>What a decoder says to a batch of prompts.</summary>
/// <param name="Quality">[P,M].</param>
/// <param name="Masks">[K,M,side,side] for the K prompts that have a mask worth computing; null for none.</param>
/// <param name="Masked">Which prompts these are, K indices.</param>
internal sealed record SamAnswers(Tensor Quality, Tensor? Masks, IReadOnlyList<int> Masked)
{
    /// <summary>Answers with masks for every prompt.</summary>
    public static SamAnswers All(Tensor masks, Tensor quality) => new(quality, masks, [.. Enumerable.Range(0, (int)quality.Shape[0])]);
}
