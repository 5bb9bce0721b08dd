namespace Maskwright.Datasets;

/// <summary>An attribute's value that is a whole number.</summary>
/// <param name="Number">The number.</param>
public sealed record IntegerValue(long Number) : AttributeValue;
