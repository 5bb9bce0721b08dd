namespace Maskwright.PostProcessing;

/// <summary>The lower envelope of parabolas <c>(x - i)^2 + g(i)^2</c> along a run of pixels, in linear time.</summary>
internal sealed class ParabolaEnvelope
{
    private readonly int[] _sites;
    private readonly long[] _heights;
    private readonly int[] _starts;
    private readonly double[] _inverses;
    private int _count;

    public ParabolaEnvelope(int width)
    {
        _sites = new int[width + 2];
        _heights = new long[width + 2];
        _starts = new int[width + 2];
        _inverses = new double[width + 2];
        for (var i = 1; i < _inverses.Length; i++)
        {
            _inverses[i] = 0.5 / i;
        }
    }

    /// <summary>Fills the squared distances of a run of set pixels.</summary>
    /// <param name="columns">[W] distances along columns.</param>
    /// <param name="start">The run's first column.</param>
    /// <param name="end">One past its last column.</param>
    /// <param name="squared">[W] where to put them.</param>
    public void Fill(ReadOnlySpan<ushort> columns, int start, int end, Span<int> squared)
    {
        _count = 0;
        for (var x = Math.Max(0, start - 1); x < Math.Min(columns.Length, end + 1); x++)
        {
            if (columns[x] != ColumnDistances.None)
            {
                Add(x, (long)columns[x] * columns[x], start);
            }
        }

        if (_count == 0)
        {
            squared[start..end].Fill(DistanceMap.Unreachable);
            return;
        }

        for (var i = 0; i < _count; i++)
        {
            var (site, height) = (_sites[i], _heights[i]);
            var stop = i + 1 < _count ? Math.Min(_starts[i + 1], end) : end;
            for (var x = _starts[i]; x < stop; x++)
            {
                squared[x] = (int)(((long)(x - site) * (x - site)) + height);
            }
        }
    }

    // A site takes over where its parabola comes to lie below; those that it takes over before they have begun are gone.
    private void Add(int site, long height, int start)
    {
        var from = start;
        while (_count > 0)
        {
            var last = _count - 1;
            var (other, otherHeight) = (_sites[last], _heights[last]);
            var rise = height - otherHeight + ((long)(site - other) * (site + other));
            from = Math.Max(start, (int)Math.Min(int.MaxValue, Math.Floor(rise * _inverses[site - other])) + 1);
            if (from > _starts[last])
            {
                break;
            }

            from = start;
            _count--;
        }

        (_sites[_count], _heights[_count], _starts[_count]) = (site, height, from);
        _count++;
    }
}
