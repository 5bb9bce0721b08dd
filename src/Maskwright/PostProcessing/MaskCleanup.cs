using Maskwright.Masks;

namespace Maskwright.PostProcessing;

/// <summary>Cleans every mask by itself: fills small holes, takes away small islands, drops masks that are too small in the end.</summary>
/// <remarks>Scores and prompts stay as they are. See <see cref="SmallRegionRemoval"/> for what a hole and an island is.</remarks>
public sealed record MaskCleanup : IPostProcessor
{
    /// <summary>Holes of fewer pixels are filled; 0 leaves all.</summary>
    public int MinHoleAreaPixels { get; init; }

    /// <summary>Islands of fewer pixels are taken away, though the largest always stays; 0 leaves all.</summary>
    public int MinIslandAreaPixels { get; init; }

    /// <summary>Masks that have fewer pixels after that are dropped; 1, the default, drops empty masks.</summary>
    public long MinMaskAreaPixels { get; init; } = 1;

    /// <inheritdoc/>
    public IReadOnlyList<MaskProposal> Apply(IReadOnlyList<MaskProposal> proposals)
    {
        ArgumentNullException.ThrowIfNull(proposals);
        var clean = new MaskProposal[proposals.Count];
        ParallelLoop.Run(clean.Length, i => clean[i] = Clean(proposals[i]));
        return [.. clean.Where(proposal => proposal.Area >= MinMaskAreaPixels)];
    }

    private MaskProposal Clean(MaskProposal proposal)
    {
        if (MinHoleAreaPixels <= 0 && MinIslandAreaPixels <= 0)
        {
            return proposal;
        }

        var (filled, hadHoles) = SmallRegionRemoval.FillHoles(proposal.Mask.ToBinaryMask(), MinHoleAreaPixels);
        var (clean, hadIslands) = SmallRegionRemoval.RemoveIslands(filled, MinIslandAreaPixels);
        return hadHoles || hadIslands ? proposal with { Mask = RunLengthMask.FromMask(clean) } : proposal;
    }
}
