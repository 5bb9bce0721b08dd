namespace Maskwright.Datasets;

/// <summary>An attribute's value that is a text.</summary>
/// <param name="Text">The text.</param>
public sealed record TextValue(string Text) : AttributeValue;
