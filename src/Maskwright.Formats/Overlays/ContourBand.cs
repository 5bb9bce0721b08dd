using Maskwright.Masks;

namespace Maskwright.Formats.Overlays;

/// <summary>How strongly the contour line covers each pixel of a few rows: 255 at a border between labels, fading to 0 at the line's inner edge.</summary>
/// <remarks>
/// The distance to the nearest pixel of another label is found along the row first and then over the rows around it. Stretches of 16 pixels with no
/// other label near are left out, which is most of a photo.
/// </remarks>
internal sealed class ContourBand
{
    /// <summary>Pixels that are left out or worked on together.</summary>
    public const int Block = 16;

    private readonly LabelMap _labels;
    private readonly ContourProfile _profile;
    private readonly int _width;
    private readonly int _firstRow;
    private readonly int _blocks;
    private readonly byte[] _sideways;
    private readonly bool[] _changes;

    /// <summary>Looks at the rows from <paramref name="top"/> to before <paramref name="bottom"/> and those around them.</summary>
    public ContourBand(LabelMap labels, ContourProfile profile, int top, int bottom)
    {
        (_labels, _profile, _width) = (labels, profile, labels.Size.Width);
        _firstRow = Math.Max(0, top - profile.Reach);
        var rows = Math.Min(labels.Size.Height, bottom + profile.Reach) - _firstRow;
        _blocks = (_width + Block - 1) / Block;
        _sideways = new byte[rows * _width];
        _changes = new bool[rows * _blocks];
        for (var row = 0; row < rows; row++)
        {
            LookSideways(row);
        }
    }

    /// <summary>Works out one row.</summary>
    /// <param name="y">The row, inside the band.</param>
    /// <param name="strengths">[W] 0..255; only blocks marked in <paramref name="isNear"/> are written.</param>
    /// <param name="isNear">One flag a block: whether a border may be near.</param>
    public void Shade(int y, Span<byte> strengths, Span<bool> isNear)
    {
        MarkNear(y, isNear);
        for (var block = 0; block < _blocks; block++)
        {
            if (isNear[block])
            {
                var start = block * Block;
                ShadeBlock(y, start, Math.Min(start + Block, _width), strengths);
            }
        }
    }

    private void MarkNear(int y, Span<bool> isNear)
    {
        isNear.Clear();
        var last = (_changes.Length / _blocks) - 1 + _firstRow;
        for (var row = Math.Max(_firstRow, y - _profile.Reach); row <= Math.Min(last, y + _profile.Reach); row++)
        {
            var changes = _changes.AsSpan((row - _firstRow) * _blocks, _blocks);
            for (var block = 0; block < _blocks; block++)
            {
                isNear[block] |= changes[block];
            }
        }
    }

    private void ShadeBlock(int y, int start, int end, Span<byte> strengths)
    {
        _sideways.AsSpan(((y - _firstRow) * _width) + start, end - start).CopyTo(strengths[start..]);
        for (var x = start; x < end; x++)
        {
            strengths[x] = _profile.Beside(0, strengths[x]);
        }

        for (var dy = 1; dy <= _profile.Reach; dy++)
        {
            ShadeFrom(y, y - dy, dy, start, end, strengths);
            ShadeFrom(y, y + dy, dy, start, end, strengths);
        }
    }

    private void ShadeFrom(int y, int otherRow, int dy, int start, int end, Span<byte> strengths)
    {
        if ((uint)otherRow >= (uint)_labels.Size.Height)
        {
            return;
        }

        var mine = _labels.Row(y)[start..end];
        var theirs = _labels.Row(otherRow)[start..end];
        var sideways = _sideways.AsSpan(((otherRow - _firstRow) * _width) + start, end - start);
        for (var i = 0; i < mine.Length; i++)
        {
            var strength = mine[i] == theirs[i] ? _profile.Beside(dy, sideways[i]) : _profile.Above(dy);
            strengths[start + i] = Math.Max(strengths[start + i], strength);
        }
    }

    // For each pixel, how many pixels away along the row another label begins; Reach + 1 where none is in reach.
    private void LookSideways(int row)
    {
        var y = row + _firstRow;
        var labels = _labels.Row(y);
        var sideways = _sideways.AsSpan(row * _width, _width);
        var none = (byte)(_profile.Reach + 1);
        sideways.Fill(none);
        for (var block = 0; block < _blocks; block++)
        {
            var start = block * Block;
            var end = Math.Min(start + Block, _width);
            _changes[(row * _blocks) + block] |= y > 0 && !labels[start..end].SequenceEqual(_labels.Row(y - 1)[start..end]);
            if (labels[start..end].ContainsAnyExcept(labels[Math.Max(0, start - 1)]))
            {
                MarkSteps(labels, sideways, Math.Max(1, start), end, row);
            }
        }
    }

    private void MarkSteps(ReadOnlySpan<int> labels, Span<byte> sideways, int start, int end, int row)
    {
        for (var x = start; x < end; x++)
        {
            if (labels[x] != labels[x - 1])
            {
                MarkStep(labels, sideways, x, row);
            }
        }
    }

    private void MarkStep(ReadOnlySpan<int> labels, Span<byte> sideways, int x, int row)
    {
        var first = Math.Max(0, x - _profile.Reach);
        var last = Math.Min(_width - 1, x + _profile.Reach - 1);
        for (var i = x - 1; i >= first && labels[i] == labels[x - 1]; i--)
        {
            sideways[i] = Math.Min(sideways[i], (byte)(x - i));
        }

        for (var i = x; i <= last && labels[i] == labels[x]; i++)
        {
            sideways[i] = Math.Min(sideways[i], (byte)(i - x + 1));
        }

        for (var block = first / Block; block <= last / Block; block++)
        {
            _changes[(row * _blocks) + block] = true;
        }
    }
}
