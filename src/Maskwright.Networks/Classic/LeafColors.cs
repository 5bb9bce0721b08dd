namespace Maskwright.Networks.Classic;

/// <summary>The colours of every finest region, as counts of colour cells whose size suits the image.</summary>
internal sealed class LeafColors
{
    private const int Steps = 14;
    private readonly int[] _start;
    private readonly List<(int Cell, int Count)> _counts = [];

    /// <summary>Counts.</summary>
    public LeafColors(WorkingImage image, RegionGraph graph)
    {
        var cells = ByLeaf(Cells(image), graph);
        _start = new int[graph.Regions.Length + 1];
        for (int leaf = 0, first = 0; leaf < graph.Regions.Length; first += graph.Regions[leaf].Area, leaf++)
        {
            Count(cells.AsSpan(first, graph.Regions[leaf].Area));
            _start[leaf + 1] = _counts.Count;
        }
    }

    /// <summary>The number of colour cells.</summary>
    public static int CellCount => Steps * Steps * Steps;

    /// <summary>The colours of one finest region.</summary>
    public ReadOnlySpan<(int Cell, int Count)> Of(int leaf) =>
        System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_counts)[_start[leaf].._start[leaf + 1]];

    /// <summary>Spreads a histogram over neighbouring cells by 1-2-1 along each axis, in place.</summary>
    public static void Smooth(float[] histogram)
    {
        Span<float> line = stackalloc float[Steps];
        foreach (var stride in new[] { 1, Steps, Steps * Steps })
        {
            for (var start = 0; start < histogram.Length; start++)
            {
                if (start / stride % Steps != 0)
                {
                    continue;
                }

                for (var i = 0; i < Steps; i++)
                {
                    var middle = histogram[start + (i * stride)];
                    var before = i > 0 ? histogram[start + ((i - 1) * stride)] : middle;
                    var after = i < Steps - 1 ? histogram[start + ((i + 1) * stride)] : middle;
                    line[i] = 0.25f * (before + (2 * middle) + after);
                }

                for (var i = 0; i < Steps; i++)
                {
                    histogram[start + (i * stride)] = line[i];
                }
            }
        }
    }

    private void Count(Span<int> cells)
    {
        cells.Sort();
        for (int i = 0, next = 0; i < cells.Length; i = next)
        {
            while (next < cells.Length && cells[next] == cells[i])
            {
                next++;
            }

            _counts.Add((cells[i], next - i));
        }
    }

    // The cells of the first leaf's pixels, then of the second's, and so on.
    private static int[] ByLeaf(int[] cells, RegionGraph graph)
    {
        var place = new int[graph.Regions.Length];
        for (var leaf = 1; leaf < place.Length; leaf++)
        {
            place[leaf] = place[leaf - 1] + graph.Regions[leaf - 1].Area;
        }

        var ordered = new int[cells.Length];
        for (var i = 0; i < cells.Length; i++)
        {
            ordered[place[graph.Labels[i]]++] = cells[i];
        }

        return ordered;
    }

    private static int[] Cells(WorkingImage image)
    {
        var cells = new int[image.Size.PixelCount];
        foreach (var plane in image.Lab)
        {
            var (low, high) = Range(plane);
            for (var i = 0; i < cells.Length; i++)
            {
                var step = (int)((plane[i] - low) / (high - low) * Steps);
                cells[i] = (cells[i] * Steps) + Math.Clamp(step, 0, Steps - 1);
            }
        }

        return cells;
    }

    /// <summary>The range that holds all but one in a hundred values on either side, but no less than 28 units wide.</summary>
    private static (float Low, float High) Range(float[] plane)
    {
        const float LeastWidth = 28;
        var beyond = plane.Length / 100;
        float low = RankedValue.Of(plane, beyond), high = RankedValue.Of(plane, plane.Length - 1 - beyond);
        var lack = Math.Max(0, LeastWidth - (high - low)) / 2;
        return (low - lack, high + lack);
    }
}
