using Maskwright.Geometry;

namespace Maskwright.PostProcessing;

/// <summary>Finds the maxima from which one has to go down far before one can go up higher; pixels of height 0 are left out.</summary>
internal sealed class DynamicMaxima(float[] heights, ImageSize size)
{
    private readonly int[] _parents = new int[heights.Length];

    /// <summary>Finds them.</summary>
    /// <param name="minDynamics">How far down, at least.</param>
    /// <returns>Positions of the maxima, ascending; at least one in every region.</returns>
    public List<int> Find(double minDynamics)
    {
        int[] order = [.. Enumerable.Range(0, heights.Length).Where(i => heights[i] > 0).OrderByDescending(i => heights[i])];
        Array.Fill(_parents, -1);
        var gone = new HashSet<int>();
        var neighbours = new PixelNeighbours(size, Connectivity.Eight);
        Span<int> around = stackalloc int[8];
        foreach (var pixel in order)
        {
            _parents[pixel] = pixel;
            foreach (var next in neighbours.Of(pixel, around))
            {
                if (_parents[next] >= 0)
                {
                    Join(pixel, next, heights[pixel], minDynamics, gone);
                }
            }
        }

        return [.. order.Where(pixel => !gone.Contains(pixel)).Order()];
    }

    // The root of a region is its highest pixel.
    private void Join(int pixel, int next, float level, double minDynamics, HashSet<int> gone)
    {
        var (a, b) = (Root(pixel), Root(next));
        if (a == b)
        {
            return;
        }

        var (high, low) = heights[a] > heights[b] || (heights[a] == heights[b] && a < b) ? (a, b) : (b, a);
        if (heights[low] - level < minDynamics)
        {
            gone.Add(low);
        }

        _parents[low] = high;
    }

    private int Root(int pixel)
    {
        while (_parents[pixel] != pixel)
        {
            pixel = _parents[pixel] = _parents[_parents[pixel]];
        }

        return pixel;
    }
}
