using System.Buffers;
using Maskwright.Masks;

namespace Maskwright.PostProcessing;

/// <summary>A mask with empty margins on all sides, so that shifted rows can be read without asking where the image ends.</summary>
internal sealed class BitPlane : IDisposable
{
    private readonly ulong[] _words;
    private readonly int _stride;
    private readonly int _marginWords;
    private readonly int _rows;

    /// <summary>Copies a mask, or its complement, into a plane.</summary>
    /// <param name="mask">The mask.</param>
    /// <param name="isComplement">Turns inside and outside around; the margins stay empty.</param>
    /// <param name="reach">How far will be looked: columns to either side, rows above, rows below.</param>
    public BitPlane(BinaryMask mask, bool isComplement, (int Columns, int Above, int Below) reach)
        : this(mask, reach)
    {
        for (var y = 0; y < mask.Height; y++)
        {
            BitRows.Copy(mask.Row(y), Inner(y), isComplement, mask.Width);
        }
    }

    /// <summary>Makes an empty plane.</summary>
    public BitPlane(BinaryMask mask, (int Columns, int Above, int Below) reach)
    {
        _marginWords = (reach.Columns + 63) / 64;
        _stride = mask.WordsPerRow + (2 * _marginWords) + 1;
        Above = reach.Above;
        _rows = mask.Height + reach.Above + reach.Below;
        Width = _marginWords + mask.WordsPerRow;
        var length = checked(_stride * _rows);
        _words = ArrayPool<ulong>.Shared.Rent(length);
        _words.AsSpan(0, length).Clear();
    }

    /// <summary>Rows of margin above the image.</summary>
    public int Above { get; }

    /// <summary>Words of a row that may be set: the left margin and the image.</summary>
    public int Width { get; }

    /// <summary>The words of the image's row, margins left out; row numbers may lie in the margins.</summary>
    public Span<ulong> Inner(int y) => _words.AsSpan(((y + Above) * _stride) + _marginWords, Width - _marginWords);

    /// <summary>Widens every row to the right-hand pixels: <c>b(x) = a(x + first) | ... | a(x + last)</c>, in steps that double.</summary>
    /// <param name="first">The first offset in columns.</param>
    /// <param name="last">The last offset, not less than <paramref name="first"/>.</param>
    /// <param name="target">A plane of the same form.</param>
    public void WidenRows(int first, int last, BitPlane target)
    {
        var scratch = new ulong[_stride];
        var length = last - first + 1;
        for (var row = Above; row < _rows; row++)
        {
            var from = _words.AsSpan(row * _stride, _stride);
            var to = target._words.AsSpan((row * _stride) + _marginWords, Width - _marginWords);
            from.CopyTo(scratch);
            var span = 1;
            for (; span * 2 <= length; span *= 2)
            {
                BitRows.Or(scratch.AsSpan(0, Width), scratch, span);
            }

            to.Clear();
            BitRows.Or(to, scratch, (_marginWords * 64) + first);
            if (span < length)
            {
                BitRows.Or(to, scratch, (_marginWords * 64) + last - span + 1);
            }
        }
    }

    /// <summary>Joins every pixel with the one an offset away, in place: <c>a(x, y) |= a(x + dx, y + dy)</c>.</summary>
    /// <param name="dx">Columns; any sign.</param>
    /// <param name="dy">Rows, at least 1.</param>
    public void OrShifted(int dx, int dy)
    {
        for (var row = 0; row + dy < _rows; row++)
        {
            OrRow(_words.AsSpan(row * _stride, dx < 0 ? _stride : Width), _words.AsSpan((row + dy) * _stride, _stride), dx);
        }
    }

    /// <summary>Adds the plane, shifted, to a mask: <c>m(x, y) |= a(x + dx, y + dy)</c>. Bits beyond the mask's width may become set.</summary>
    public void OrInto(BinaryMask mask, int dx, int dy)
    {
        for (var y = 0; y < mask.Height; y++)
        {
            BitRows.Or(mask.Row(y), _words.AsSpan((y + dy + Above) * _stride, _stride), (_marginWords * 64) + dx);
        }
    }

    /// <summary>Gives the memory back.</summary>
    public void Dispose() => ArrayPool<ulong>.Shared.Return(_words);

    private static void OrRow(Span<ulong> target, ReadOnlySpan<ulong> source, int shift)
    {
        if (shift >= 0)
        {
            BitRows.Or(target, source, shift);
            return;
        }

        var words = (-shift + 63) / 64;
        BitRows.Or(target[words..], source, shift + (words * 64));
    }
}
