using Maskwright.Masks;

namespace Maskwright.Segmentation;

/// <summary>The masks of an image, and how they came about.</summary>
/// <param name="Proposals">The masks, in the generator's order; empty when nothing survived.</param>
/// <param name="Report">How many candidates each stage dropped.</param>
public sealed record GenerationResult(IReadOnlyList<MaskProposal> Proposals, GenerationReport Report);
