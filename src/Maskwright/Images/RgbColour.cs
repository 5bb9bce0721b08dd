namespace Maskwright.Images;

/// <summary>A colour in 8-bit sRGB.</summary>
/// <param name="Red">0 to 255.</param>
/// <param name="Green">0 to 255.</param>
/// <param name="Blue">0 to 255.</param>
public readonly record struct RgbColour(byte Red, byte Green, byte Blue)
{
    /// <summary>The colour as <c>#rrggbb</c>.</summary>
    public override string ToString() => $"#{Red:x2}{Green:x2}{Blue:x2}";
}
