namespace Maskwright.Segmentation;

/// <summary>A click: a position that belongs to the object, or one that does not.</summary>
/// <param name="X">Original image pixels from the left edge.</param>
/// <param name="Y">Original image pixels from the top edge.</param>
/// <param name="IsPositive">True when the position belongs to the object.</param>
public readonly record struct PromptPoint(double X, double Y, bool IsPositive = true);
