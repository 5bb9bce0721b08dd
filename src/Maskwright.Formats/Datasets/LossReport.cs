namespace Maskwright.Formats.Datasets;

/// <summary>What was written, and what could not be.</summary>
/// <param name="Images">Images written.</param>
/// <param name="Objects">Objects written, counted as the target counts them.</param>
/// <param name="Entries">The losses, in the order of <see cref="LossKind"/>; empty when the target holds everything.</param>
public sealed record LossReport(long Images, long Objects, IReadOnlyList<LossEntry> Entries)
{
    /// <summary>The smallest IoU, in [0,1], between an object's mask and the mask that a reader gets from what was written; null when no shape was changed.</summary>
    public double? WorstIou { get; init; }

    /// <summary>Where that object is, for people; null when no shape was changed.</summary>
    public string? WorstObject { get; init; }

    /// <summary>Whether a reader gets back everything that was there.</summary>
    public bool IsLossless => Entries.Count == 0 && WorstIou is null or 1;

    /// <summary>How often one kind of loss happened; 0 when it did not.</summary>
    /// <param name="kind">The kind.</param>
    public long this[LossKind kind] => Entries.FirstOrDefault(entry => entry.Kind == kind)?.Count ?? 0;

    /// <summary>The losses in one line, such as <c>3 holes dropped, worst IoU 0.994</c>; <c>nothing lost</c> when there are none.</summary>
    public string Summary => LossText.Of(this);
}
