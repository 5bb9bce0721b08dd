namespace Maskwright.Geometry;

/// <summary>A rectangle of whole pixels, half-open: it holds columns X..X+Width-1 and rows Y..Y+Height-1.</summary>
/// <param name="X">First column.</param>
/// <param name="Y">First row.</param>
/// <param name="Width">Number of columns; 0 for an empty rectangle.</param>
/// <param name="Height">Number of rows; 0 for an empty rectangle.</param>
public readonly record struct PixelRect(int X, int Y, int Width, int Height)
{
    /// <summary>One past the last column.</summary>
    public int Right => X + Width;

    /// <summary>One past the last row.</summary>
    public int Bottom => Y + Height;

    /// <summary>The number of pixels in the rectangle.</summary>
    public long Area => (long)Width * Height;

    /// <summary>Whether the rectangle holds no pixel.</summary>
    public bool IsEmpty => Width <= 0 || Height <= 0;

    /// <summary>The size of the rectangle.</summary>
    public ImageSize Size => new(Width, Height);

    /// <summary>Whether <paramref name="inner"/> lies wholly inside this rectangle.</summary>
    /// <param name="inner">A rectangle in the same frame.</param>
    public bool Contains(PixelRect inner) => inner.X >= X && inner.Y >= Y && inner.Right <= Right && inner.Bottom <= Bottom;
}
