namespace Maskwright.Datasets;

/// <summary>An attribute's value that is a list.</summary>
/// <param name="Values">The entries.</param>
public sealed record ListValue(IReadOnlyList<AttributeValue> Values) : AttributeValue
{
    /// <summary>Whether both lists hold the same entries in the same order.</summary>
    /// <param name="other">The list to compare with.</param>
    public bool Equals(ListValue? other) => other is not null && Values.SequenceEqual(other.Values);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Values.Count, Values.Count > 0 ? Values[0] : null);
}
