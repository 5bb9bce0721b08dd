namespace Maskwright.Segmentation;

/// <summary>What each stage of automatic generation let through.</summary>
/// <param name="Stages">The stages in the order in which they ran.</param>
public sealed record GenerationReport(IReadOnlyList<GenerationStage> Stages)
{
    /// <summary>How much of the image and of the grid was looked at; null where the whole grid is always asked, or where there is none.</summary>
    public GenerationCoverage? Coverage { get; init; }
}

/// <summary>One stage of automatic generation.</summary>
/// <param name="Name">The stage, by the name of the setting that rules it where there is one.</param>
/// <param name="Candidates">How many masks came in.</param>
/// <param name="Kept">How many went on.</param>
/// <param name="Advice">Which setting would have kept some, when the stage dropped all; null otherwise.</param>
public sealed record GenerationStage(string Name, int Candidates, int Kept, string? Advice = null);
