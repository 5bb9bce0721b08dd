using Maskwright.Masks;

namespace Maskwright.PostProcessing;

/// <summary>Several steps, one after the other.</summary>
/// <param name="steps">The steps in their order.</param>
public sealed class PostProcessingChain(params IReadOnlyList<IPostProcessor> steps) : IPostProcessor
{
    /// <inheritdoc/>
    public IReadOnlyList<MaskProposal> Apply(IReadOnlyList<MaskProposal> proposals) => steps.Aggregate(proposals, (masks, step) => step.Apply(masks));
}
