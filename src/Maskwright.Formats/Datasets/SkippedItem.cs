namespace Maskwright.Formats.Datasets;

/// <summary>Something in a data set's files that was left out while reading.</summary>
/// <param name="Path">The file.</param>
/// <param name="Line">1-based line; null when the place has no line.</param>
/// <param name="Reason">Which entry, and why, without a full stop.</param>
/// <param name="IsFault">True: it is wrong, and would have ended the reading without <see cref="DatasetReadOptions.KeepsGoing"/>. False: it is sound, but
/// neither mask nor box, such as a line or a point.</param>
public sealed record SkippedItem(string Path, long? Line, string Reason, bool IsFault = true)
{
    /// <summary>The place and the reason in one line.</summary>
    public override string ToString() => Line is null ? $"{Path}: {Reason}" : $"{Path}, line {Line}: {Reason}";
}
