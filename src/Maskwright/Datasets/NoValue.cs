namespace Maskwright.Datasets;

/// <summary>An attribute that a file names without giving it a value, such as <c>null</c> in JSON.</summary>
public sealed record NoValue : AttributeValue;
