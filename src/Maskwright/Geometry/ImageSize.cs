namespace Maskwright.Geometry;

/// <summary>The width and height of an image, in pixels.</summary>
/// <param name="Width">Pixels across, at least 1 for a real image.</param>
/// <param name="Height">Pixels down, at least 1 for a real image.</param>
public readonly record struct ImageSize(int Width, int Height)
{
    /// <summary>The number of pixels, <c>Width * Height</c>.</summary>
    public long PixelCount => (long)Width * Height;

    /// <summary>The longer of the two sides, in pixels.</summary>
    public int LongestSide => Math.Max(Width, Height);

    /// <summary>The rectangle that covers the whole image.</summary>
    public PixelRect Bounds => new(0, 0, Width, Height);

    /// <summary>The size as <c>WIDTHxHEIGHT</c>.</summary>
    public override string ToString() => $"{Width}x{Height}";
}
