using Maskwright.Masks;

namespace Maskwright.PostProcessing;

/// <summary>Any operation on single masks as a step for lists of proposals; masks that become empty are dropped.</summary>
/// <param name="operation">Makes a new mask of the same size; called from several threads at once. Scores and prompts stay as they are.</param>
public sealed class MaskOperation(Func<BinaryMask, BinaryMask> operation) : IPostProcessor
{
    /// <inheritdoc/>
    public IReadOnlyList<MaskProposal> Apply(IReadOnlyList<MaskProposal> proposals)
    {
        ArgumentNullException.ThrowIfNull(proposals);
        return [.. proposals.AsParallel().AsOrdered().Select(Change).Where(proposal => proposal.Area > 0)];
    }

    private MaskProposal Change(MaskProposal proposal) => proposal with { Mask = RunLengthMask.FromMask(operation(proposal.Mask.ToBinaryMask())) };
}
