namespace Maskwright.Formats.Datasets;

/// <summary>How often one kind of loss happened.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Count">How often, at least 1.</param>
/// <param name="Example">Where it happened first, for people; null when it concerns the whole data set.</param>
public sealed record LossEntry(LossKind Kind, long Count, string? Example)
{
    /// <summary>Number and kind in words, such as <c>3 holes dropped</c>.</summary>
    public string Words => LossText.Of(this);
}
