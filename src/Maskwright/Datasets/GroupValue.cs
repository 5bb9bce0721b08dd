namespace Maskwright.Datasets;

/// <summary>An attribute's value that has attributes of its own.</summary>
/// <param name="Attributes">These attributes.</param>
public sealed record GroupValue(DatasetAttributes Attributes) : AttributeValue;
