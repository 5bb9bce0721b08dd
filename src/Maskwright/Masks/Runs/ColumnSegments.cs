namespace Maskwright.Masks;

/// <summary>The pixels of a run-length mask as vertical pieces that stay in one column, left to right and top to bottom.</summary>
internal ref struct ColumnSegments
{
    private readonly ReadOnlySpan<uint> _counts;
    private readonly uint _height;
    private int _next;
    private ulong _position;
    private ulong _end;

    public ColumnSegments(ReadOnlySpan<uint> counts, int height)
    {
        _counts = counts;
        _height = (uint)height;
    }

    /// <summary>Column X, rows Top to Bottom - 1.</summary>
    public (int X, int Top, int Bottom) Current { get; private set; }

    public readonly ColumnSegments GetEnumerator() => this;

    public bool MoveNext()
    {
        while (_position == _end)
        {
            if (_next + 1 >= _counts.Length)
            {
                return false;
            }

            _position += _counts[_next];
            _end = _position + _counts[_next + 1];
            _next += 2;
        }

        var (x, top) = Math.DivRem(_position, _height);
        var bottom = Math.Min(_height, top + (_end - _position));
        Current = ((int)x, (int)top, (int)bottom);
        _position += bottom - top;
        return true;
    }
}
