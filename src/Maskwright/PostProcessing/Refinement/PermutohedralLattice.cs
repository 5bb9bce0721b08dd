namespace Maskwright.PostProcessing;

/// <summary>
/// Gaussian filtering of values that lie scattered in a space of a few dimensions, in time linear in their number: every point gives its value to the corners of
/// the simplex that holds it, the corners are blurred along the lattice's directions, and every point takes the mean of its corners back.
/// </summary>
/// <remarks>Adams, Baek, Davis 2010, "Fast high-dimensional filtering using the permutohedral lattice". The kernel is that of unit standard deviation, up to
/// a few per cent; made once for the points, then used for any number of values.</remarks>
internal sealed class PermutohedralLattice
{
    private readonly int _dimensions;
    private readonly int[] _corners;
    private readonly float[] _weights;
    private readonly int[] _neighbours;
    private readonly float[] _cells;
    private readonly float[] _blurred;

    /// <summary>Places the points.</summary>
    /// <param name="features">[N,d] coordinates, each divided by the standard deviation wanted.</param>
    /// <param name="dimensions">d, 1 to 6.</param>
    public PermutohedralLattice(ReadOnlySpan<float> features, int dimensions)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(features.Length % dimensions, 0, nameof(features));
        _dimensions = dimensions;
        var simplex = new LatticeSimplex(dimensions);
        var cells = new LatticeCells(Math.Max(16, features.Length / dimensions / 4));
        var count = features.Length / dimensions * (dimensions + 1);
        (_corners, _weights) = (new int[count], new float[count]);
        for (int from = 0, to = 0; from < features.Length; from += dimensions, to += dimensions + 1)
        {
            simplex.Enclose(features.Slice(from, dimensions), _weights.AsSpan(to, dimensions + 1));
            for (var corner = 0; corner <= dimensions; corner++)
            {
                _corners[to + corner] = cells.Add(simplex.Corner(corner));
            }
        }

        (_cells, _blurred) = (new float[cells.Count + 1], new float[cells.Count + 1]);
        _neighbours = FindNeighbours(cells, dimensions);
    }

    /// <summary>The number of lattice corners that hold a value.</summary>
    public int CellCount => _cells.Length - 1;

    /// <summary>Sums the values of all points around each, by nearness.</summary>
    /// <param name="values">[N] to filter.</param>
    /// <param name="filtered">[N] to fill; may be the same memory.</param>
    public void Filter(ReadOnlySpan<float> values, Span<float> filtered)
    {
        var step = _dimensions + 1;
        Array.Clear(_cells);
        for (int i = 0, at = 0; i < values.Length; i++)
        {
            for (var end = at + step; at < end; at++)
            {
                _cells[_corners[at]] += _weights[at] * values[i];
            }
        }

        var blurred = Blur();
        var scale = 1 / (1 + MathF.Pow(2, -_dimensions));
        for (int i = 0, at = 0; i < filtered.Length; i++)
        {
            var sum = 0f;
            for (var end = at + step; at < end; at++)
            {
                sum += _weights[at] * blurred[_corners[at]];
            }

            filtered[i] = scale * sum;
        }
    }

    // Cell 0 stands for all that hold nothing, so that no step needs to ask.
    private float[] Blur()
    {
        var (from, to) = (_cells, _blurred);
        for (var pairs = _neighbours.AsSpan(); pairs.Length > 0; pairs = pairs[(2 * CellCount)..])
        {
            to[0] = 0;
            for (var cell = 1; cell < from.Length; cell++)
            {
                to[cell] = from[cell] + (0.5f * (from[pairs[(2 * cell) - 2]] + from[pairs[(2 * cell) - 1]]));
            }

            (from, to) = (to, from);
        }

        return from;
    }

    private static int[] FindNeighbours(LatticeCells cells, int dimensions)
    {
        var neighbours = new int[2 * cells.Count * (dimensions + 1)];
        var at = 0;
        for (var direction = 0; direction <= dimensions; direction++)
        {
            var step = LatticeKey.Step(direction, dimensions);
            for (var cell = 1; cell <= cells.Count; cell++)
            {
                neighbours[at++] = cells.Find(cells[cell].Add(step));
                neighbours[at++] = cells.Find(cells[cell].Subtract(step));
            }
        }

        return neighbours;
    }
}
