namespace Maskwright.Masks;

/// <summary>The inside runs of a run-length mask, cut at the ends of columns.</summary>
/// <param name="mask">The mask to walk over; columns left to right, each from top to bottom.</param>
internal readonly ref struct ColumnSpans(RunLengthMask mask)
{
    private readonly RunLengthMask _mask = mask;

    /// <summary>Starts at the first column.</summary>
    public Enumerator GetEnumerator() => new(_mask);

    /// <summary>Walks over the spans.</summary>
    internal ref struct Enumerator(RunLengthMask mask)
    {
        private readonly ReadOnlySpan<uint> _counts = mask.Counts;
        private readonly int _height = mask.Size.Height;
        private int _next;
        private int _x;
        private int _y;
        private long _left;

        /// <summary>Column, first row, and one past the last row of a span.</summary>
        public (int X, int Top, int Bottom) Current { get; private set; }

        /// <summary>Goes on to the next span.</summary>
        public bool MoveNext()
        {
            while (_left == 0)
            {
                if (_next + 1 >= _counts.Length)
                {
                    return false;
                }

                Skip(_counts[_next]);
                _left = _counts[_next + 1];
                _next += 2;
            }

            var length = (int)Math.Min(_left, _height - _y);
            Current = (_x, _y, _y + length);
            _left -= length;
            Skip(length);
            return true;
        }

        private void Skip(long pixels)
        {
            var y = _y + pixels;
            if (y < _height)
            {
                _y = (int)y;
                return;
            }

            var (columns, row) = Math.DivRem(y, _height);
            _x += (int)columns;
            _y = (int)row;
        }
    }
}
