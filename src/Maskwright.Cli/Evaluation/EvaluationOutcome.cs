using System.Text.Json.Nodes;
using Maskwright.Cli.Evaluation.Reports;

namespace Maskwright.Cli.Evaluation;

/// <summary>What a protocol measured, before it is resampled and reported.</summary>
internal sealed record EvaluationOutcome
{
    /// <summary>The protocol's name, as on the command line.</summary>
    public required string Protocol { get; init; }

    /// <summary>A heading for people.</summary>
    public required string Title { get; init; }

    public required ScoreLayout Layout { get; init; }

    /// <summary>At least one; all have the layout's cells.</summary>
    public required IReadOnlyList<EvaluatedModel> Models { get; init; }

    /// <summary>What is drawn again when confidence is estimated: images, sequences.</summary>
    public required string ItemName { get; init; }

    public required int ItemCount { get; init; }

    /// <summary>What the items are called, by file names or ids.</summary>
    public required IReadOnlyList<string> ItemNames { get; init; }

    /// <summary>The stratum of each item, within which it is drawn again; null for one of all.</summary>
    public IReadOnlyList<int>? Strata { get; init; }

    /// <summary>Makes the plots, once the scores are known.</summary>
    public Func<ScoreSheet, IReadOnlyList<Plot>> Plots { get; init; } = _ => [];

    /// <summary>Draws the worst cases; called only when a page wants them.</summary>
    public Func<int, IReadOnlyList<WorstCase>> WorstCases { get; init; } = _ => [];

    /// <summary>How it was measured, in the order of the report.</summary>
    public IReadOnlyList<(string Name, string Value)> Settings { get; init; } = [];

    /// <summary>What a reader must know to judge the numbers: what was left out, and why.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The value of every item, for the JSON report; null for none.</summary>
    public JsonNode? Items { get; init; }
}
