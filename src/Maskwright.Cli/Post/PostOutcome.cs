using Maskwright.Formats.Datasets;
using Maskwright.PostProcessing;

namespace Maskwright.Cli.Post;

/// <summary>What became of one input.</summary>
/// <param name="Input">The input, as the user would say it.</param>
/// <param name="Output">What was written.</param>
/// <param name="Images">How many images it has.</param>
/// <param name="Steps">What each step changed.</param>
internal sealed record PostOutcome(string Input, string Output, long Images, IReadOnlyList<StepChanges> Steps)
{
    /// <summary>What the written format could not hold; null where it holds everything.</summary>
    public LossReport? Loss { get; init; }

    /// <summary>What was left out of a damaged file.</summary>
    public IReadOnlyList<SkippedItem> Skipped { get; init; } = [];

    public long MasksBefore => Steps[0].MasksBefore;

    public long MasksAfter { get; init; }
}
