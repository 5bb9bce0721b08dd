namespace Maskwright.Metrics;

/// <summary>What is asked of a prompt segmenter.</summary>
public sealed record PromptStudyOptions
{
    /// <summary>The sessions of the robot user; null to leave them out.</summary>
    public ClickStudyOptions? Clicks { get; init; } = new();

    /// <summary>Whether one click is also answered by several masks, of which the best counts: what an ambiguous click can reach.</summary>
    public bool AsksForSeveral { get; init; } = true;

    /// <summary>Whether the tight box around each object is tried.</summary>
    public bool AsksForBoxes { get; init; } = true;

    /// <summary>How many of the best proposals of everything mode count, rising; default 10, 100, 1000.</summary>
    public IReadOnlyList<int> ProposalCounts { get; init; } = [10, 100, 1000];
}
