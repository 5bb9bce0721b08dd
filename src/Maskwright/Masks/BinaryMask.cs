using System.Numerics;
using Maskwright.Geometry;

namespace Maskwright.Masks;

/// <summary>A mask of one bit a pixel, 64 pixels a word; pixel x of a row is bit <c>x % 64</c> of word <c>x / 64</c>.</summary>
/// <remarks>Every row starts at a word of its own. Bits beyond the width are always zero, so that words can be counted and compared whole.</remarks>
public sealed class BinaryMask : IEquatable<BinaryMask>
{
    private readonly ulong[] _words;

    /// <summary>Makes an empty mask.</summary>
    /// <param name="size">Width and height in pixels, each at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A side is not positive.</exception>
    public BinaryMask(ImageSize size)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size.Width, nameof(size));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size.Height, nameof(size));
        Size = size;
        WordsPerRow = (size.Width + 63) / 64;
        _words = new ulong[(long)WordsPerRow * size.Height];
    }

    /// <summary>Makes an empty mask.</summary>
    /// <param name="width">Pixels across, at least 1.</param>
    /// <param name="height">Pixels down, at least 1.</param>
    public BinaryMask(int width, int height)
        : this(new ImageSize(width, height))
    {
    }

    /// <summary>Width and height in pixels.</summary>
    public ImageSize Size { get; }

    /// <summary>Pixels across.</summary>
    public int Width => Size.Width;

    /// <summary>Pixels down.</summary>
    public int Height => Size.Height;

    /// <summary>The number of 64-bit words of each row.</summary>
    public int WordsPerRow { get; }

    /// <summary>Reads or sets one pixel.</summary>
    /// <param name="x">Column, 0 to Width-1.</param>
    /// <param name="y">Row, 0 to Height-1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The pixel lies outside the mask.</exception>
    public bool this[int x, int y]
    {
        get
        {
            CheckInside(x, y);
            return (_words[((long)y * WordsPerRow) + (x >> 6)] >> (x & 63) & 1) != 0;
        }

        set
        {
            CheckInside(x, y);
            ref var word = ref _words[((long)y * WordsPerRow) + (x >> 6)];
            word = value ? word | (1UL << (x & 63)) : word & ~(1UL << (x & 63));
        }
    }

    /// <summary>The words of one row, to read or write; bits beyond the width must stay zero.</summary>
    /// <param name="y">Row, 0 to Height-1.</param>
    public Span<ulong> Row(int y) => _words.AsSpan(checked(y * WordsPerRow), WordsPerRow);

    /// <summary>The words of all rows, one row after the other; bits beyond the width must stay zero.</summary>
    public Span<ulong> Words => _words;

    /// <summary>The number of set pixels.</summary>
    public long Area()
    {
        long area = 0;
        foreach (var word in _words)
        {
            area += BitOperations.PopCount(word);
        }

        return area;
    }

    /// <summary>The smallest rectangle that holds every set pixel; empty at (0, 0) when no pixel is set.</summary>
    public PixelRect Bounds() => BitBounds.Of(_words, Size);

    /// <summary>A mask of its own with the same pixels.</summary>
    public BinaryMask Clone()
    {
        var copy = new BinaryMask(Size);
        _words.CopyTo(copy._words, 0);
        return copy;
    }

    /// <summary>Whether both masks have the same size and the same pixels.</summary>
    /// <param name="other">The mask to compare with.</param>
    public bool Equals(BinaryMask? other) => other is not null && Size == other.Size && _words.AsSpan().SequenceEqual(other._words);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as BinaryMask);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Size, Area());

    private void CheckInside(int x, int y)
    {
        if ((uint)x >= (uint)Width || (uint)y >= (uint)Height)
        {
            throw new ArgumentOutOfRangeException(nameof(x), $"({x}, {y}) lies outside a mask of {Size}.");
        }
    }
}
