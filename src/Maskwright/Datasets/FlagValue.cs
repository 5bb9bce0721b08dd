namespace Maskwright.Datasets;

/// <summary>An attribute's value that is true or false.</summary>
/// <param name="IsSet">True or false.</param>
public sealed record FlagValue(bool IsSet) : AttributeValue;
