using Maskwright.Graphs;

namespace Maskwright.Networks.Seedling;

/// <summary>What the decoder's first half says: how good every mask will be, and the masks but for their last step.</summary>
/// <param name="Features">[P,C,H/8,W/8].</param>
/// <param name="Logits">[P,M,H/8,W/8].</param>
/// <param name="Quality">The predicted IoU, [P,M].</param>
internal sealed record SeedlingDraft(Value Features, Value Logits, Value Quality);
