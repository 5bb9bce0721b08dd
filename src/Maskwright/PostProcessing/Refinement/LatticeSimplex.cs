namespace Maskwright.PostProcessing;

/// <summary>Finds the simplex of the permutohedral lattice that holds a point: its d + 1 corners, and the point's share in each.</summary>
/// <remarks>Adams, Baek, Davis 2010, section 3: the point is moved into the plane where coordinates sum to 0, the nearest corner of remainder 0 is found by
/// rounding, and the order of the differences from it tells the simplex.</remarks>
internal sealed class LatticeSimplex
{
    private readonly int _dimensions;
    private readonly float[] _scales;
    private readonly float[] _elevated;
    private readonly int[] _origin;
    private readonly int[] _ranks;
    private readonly int[] _corner;

    public LatticeSimplex(int dimensions)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(dimensions);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(dimensions, 6);
        _dimensions = dimensions;
        (_elevated, _origin, _ranks, _corner) = (new float[dimensions + 1], new int[dimensions + 1], new int[dimensions + 1], new int[dimensions]);
        var deviation = (dimensions + 1) * MathF.Sqrt(2f / 3); // of the lattice's own blur
        _scales = [.. Enumerable.Range(0, dimensions).Select(i => deviation / MathF.Sqrt((i + 1f) * (i + 2)))];
    }

    /// <summary>Finds the simplex.</summary>
    /// <param name="feature">[d] the point.</param>
    /// <param name="shares">[d+1] to fill with the point's share in each corner; they sum to 1.</param>
    public void Enclose(ReadOnlySpan<float> feature, Span<float> shares)
    {
        Elevate(feature);
        Round();
        Rank();
        shares.Clear();
        for (var i = 0; i <= _dimensions; i++)
        {
            var rest = (_elevated[i] - _origin[i]) / (_dimensions + 1);
            shares[_dimensions - _ranks[i]] += rest;
            if (_ranks[i] == 0)
            {
                shares[0] += 1 - rest;
            }
            else
            {
                shares[_dimensions + 1 - _ranks[i]] -= rest;
            }
        }
    }

    /// <summary>A corner of the simplex found last; number k has coordinates of remainder k.</summary>
    public LatticeKey Corner(int number)
    {
        for (var i = 0; i < _dimensions; i++)
        {
            _corner[i] = _origin[i] + number - (_ranks[i] > _dimensions - number ? _dimensions + 1 : 0);
        }

        return LatticeKey.Of(_corner);
    }

    private void Elevate(ReadOnlySpan<float> feature)
    {
        var sum = 0f;
        for (var i = _dimensions; i > 0; i--)
        {
            var scaled = feature[i - 1] * _scales[i - 1];
            _elevated[i] = sum - (i * scaled);
            sum += scaled;
        }

        _elevated[0] = sum;
    }

    private void Round()
    {
        for (var i = 0; i <= _dimensions; i++)
        {
            _origin[i] = (int)MathF.Round(_elevated[i] / (_dimensions + 1)) * (_dimensions + 1);
        }
    }

    // Ranks by falling difference; where rounding left the plane, corners are moved back along the largest or smallest differences.
    private void Rank()
    {
        Array.Clear(_ranks);
        var excess = 0;
        for (var i = 0; i <= _dimensions; i++)
        {
            excess += _origin[i] / (_dimensions + 1);
            for (var j = i + 1; j <= _dimensions; j++)
            {
                _ranks[_elevated[i] - _origin[i] < _elevated[j] - _origin[j] ? i : j]++;
            }
        }

        for (var i = 0; i <= _dimensions && excess != 0; i++)
        {
            _ranks[i] += excess;
            var turn = _ranks[i] < 0 ? 1 : _ranks[i] > _dimensions ? -1 : 0;
            _ranks[i] += turn * (_dimensions + 1);
            _origin[i] += turn * (_dimensions + 1);
        }
    }
}
