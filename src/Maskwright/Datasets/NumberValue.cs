namespace Maskwright.Datasets;

/// <summary>An attribute's value that is a number with a fraction.</summary>
/// <param name="Number">The number, finite.</param>
public sealed record NumberValue(double Number) : AttributeValue;
