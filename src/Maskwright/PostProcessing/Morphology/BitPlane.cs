using System.Buffers;
using Maskwright.Masks;

namespace Maskwright.PostProcessing;

/// <summary>A mask as one long line of bits, with empty gaps between rows, and empty rows above and below.</summary>
/// <remarks>
/// The gaps are as wide as anything will look sideways. So "the pixel dx to the right and dy below" is one and the same distance along the line from
/// everywhere, whatever the signs, and whole masks are shifted and joined in one loop.
/// </remarks>
internal sealed class BitPlane : IDisposable
{
    private readonly ulong[] _words;
    private readonly int _length;
    private readonly int _stride;
    private readonly int _origin;

    /// <summary>Copies a mask, or its complement, into a plane.</summary>
    /// <param name="mask">The mask.</param>
    /// <param name="isComplement">Turns inside and outside around; the gaps stay empty.</param>
    /// <param name="reach">How far will be looked: columns to either side, rows above, rows below.</param>
    public BitPlane(BinaryMask mask, bool isComplement, (int Columns, int Above, int Below) reach)
    {
        var gap = (reach.Columns + 63) / 64;
        _stride = mask.WordsPerRow + gap;
        _origin = checked((reach.Above * _stride) + gap);
        _length = checked(_origin + ((mask.Height + reach.Below) * _stride) + gap + 1);
        _words = ArrayPool<ulong>.Shared.Rent(_length);
        _words.AsSpan(0, _origin).Clear();
        for (var y = 0; y < mask.Height; y++)
        {
            var row = _words.AsSpan(_origin + (y * _stride), _stride);
            BitRows.Copy(mask.Row(y), row[..mask.WordsPerRow], isComplement, mask.Width);
            row[mask.WordsPerRow..].Clear();
        }

        _words.AsSpan(_origin + (mask.Height * _stride), _length - _origin - (mask.Height * _stride)).Clear();
    }

    private BitPlane(BitPlane other)
    {
        (_length, _stride, _origin) = (other._length, other._stride, other._origin);
        _words = ArrayPool<ulong>.Shared.Rent(_length);
        other._words.AsSpan(0, _length).CopyTo(_words);
    }

    /// <summary>A plane of its own with the same pixels.</summary>
    public BitPlane Clone() => new(this);

    /// <summary>Makes every pixel the union of itself and those that follow at equal steps, in ever longer strides.</summary>
    /// <param name="from">How many pixels each already stands for.</param>
    /// <param name="to">How many it shall stand for, not less.</param>
    /// <param name="stepX">Columns from one to the next.</param>
    /// <param name="stepY">Rows from one to the next; at least 0, and not 0 together with a column step below 1.</param>
    public void Widen(int from, int to, int stepX, int stepY)
    {
        var step = (stepY * _stride * 64L) + stepX;
        while (from < to)
        {
            var (near, far) = (Math.Min(from, to - from), Math.Min(2 * from, to - from));
            BitRows.OrAhead(_words.AsSpan(0, _length), near * step, far * step);
            from += far;
        }
    }

    /// <summary>Adds the plane, shifted, to a mask: <c>m(x, y) |= a(x + dx, y + dy)</c>. Bits beyond the mask's width may become set.</summary>
    public void AddTo(BinaryMask mask, int dx, int dy)
    {
        var words = (dx >> 6) + _origin + (dy * _stride);
        for (var y = 0; y < mask.Height; y++)
        {
            BitRows.Or(mask.Row(y), _words.AsSpan(words + (y * _stride), mask.WordsPerRow + 1), dx & 63);
        }
    }

    /// <summary>Gives the memory back.</summary>
    public void Dispose() => ArrayPool<ulong>.Shared.Return(_words);
}
