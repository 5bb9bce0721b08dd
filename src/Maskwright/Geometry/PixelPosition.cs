namespace Maskwright.Geometry;

/// <summary>One pixel of an image, by column and row.</summary>
/// <param name="X">Column; 0 is the leftmost.</param>
/// <param name="Y">Row; 0 is the topmost.</param>
public readonly record struct PixelPosition(int X, int Y);
