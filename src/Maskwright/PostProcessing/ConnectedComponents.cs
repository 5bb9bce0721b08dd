using Maskwright.Geometry;
using Maskwright.Masks;

namespace Maskwright.PostProcessing;

/// <summary>The connected regions of a mask, found by joining the runs of neighbouring rows (union-find).</summary>
public sealed class ConnectedComponents
{
    private readonly ImageSize _size;
    private readonly List<RowRun> _runs;
    private readonly int[] _labels;

    private ConnectedComponents(ImageSize size, List<RowRun> runs, int[] labels, ConnectedComponent[] components)
    {
        _size = size;
        _runs = runs;
        _labels = labels;
        Components = components;
    }

    /// <summary>The components in label order: component i has label i + 1.</summary>
    public IReadOnlyList<ConnectedComponent> Components { get; }

    /// <summary>Finds the connected regions of a mask.</summary>
    /// <param name="mask">The mask.</param>
    /// <param name="connectivity">Which neighbours belong together.</param>
    public static ConnectedComponents Of(BinaryMask mask, Connectivity connectivity = Connectivity.Eight)
    {
        ArgumentNullException.ThrowIfNull(mask);
        var runs = RowRun.Of(mask);
        var parents = Join(runs, reach: connectivity == Connectivity.Eight ? 1 : 0);
        var (labels, count) = Number(parents);
        return new ConnectedComponents(mask.Size, runs, labels, Measure(runs, labels, count));
    }

    /// <summary>The label of every pixel; 0 outside.</summary>
    public LabelMap ToLabelMap()
    {
        var map = new LabelMap(_size, new int[_size.PixelCount]);
        for (var i = 0; i < _runs.Count; i++)
        {
            map.Row(_runs[i].Y)[_runs[i].Start.._runs[i].End].Fill(_labels[i]);
        }

        return map;
    }

    /// <summary>Some of the components as one mask.</summary>
    /// <param name="isWanted">Says which; asked once a component.</param>
    public BinaryMask Draw(Func<ConnectedComponent, bool> isWanted)
    {
        ArgumentNullException.ThrowIfNull(isWanted);
        bool[] wanted = [.. Components.Select(isWanted)];
        var mask = new BinaryMask(_size);
        for (var i = 0; i < _runs.Count; i++)
        {
            if (wanted[_labels[i] - 1])
            {
                _runs[i].Draw(mask);
            }
        }

        return mask;
    }

    // A parent never comes after its child, so a root is the first run of its component.
    private static int[] Join(List<RowRun> runs, int reach)
    {
        var parents = new int[runs.Count];
        var above = 0;
        for (var i = 0; i < runs.Count; i++)
        {
            parents[i] = i;
            while (runs[above].Y < runs[i].Y - 1 || (runs[above].Y == runs[i].Y - 1 && runs[above].End + reach <= runs[i].Start))
            {
                above++;
            }

            for (var j = above; runs[j].Y == runs[i].Y - 1 && runs[j].Start < runs[i].End + reach; j++)
            {
                var (a, b) = (Root(parents, i), Root(parents, j));
                parents[Math.Max(a, b)] = Math.Min(a, b);
            }
        }

        return parents;
    }

    private static int Root(int[] parents, int run)
    {
        while (parents[run] != run)
        {
            run = parents[run] = parents[parents[run]];
        }

        return run;
    }

    private static (int[] Labels, int Count) Number(int[] parents)
    {
        var labels = new int[parents.Length];
        var count = 0;
        for (var i = 0; i < parents.Length; i++)
        {
            labels[i] = parents[i] == i ? ++count : labels[parents[i]];
        }

        return (labels, count);
    }

    private static ConnectedComponent[] Measure(List<RowRun> runs, int[] labels, int count)
    {
        var measures = new ComponentMeasure[count];
        for (var i = 0; i < runs.Count; i++)
        {
            measures[labels[i] - 1].Add(runs[i]);
        }

        return [.. measures.Select((measure, i) => measure.Finish(i + 1))];
    }

    private struct ComponentMeasure
    {
        private long _area;
        private double _sumX;
        private double _sumY;
        private int _left;
        private int _top;
        private int _right;
        private int _bottom;

        public void Add(RowRun run)
        {
            _left = _area == 0 ? run.Start : Math.Min(_left, run.Start);
            _top = _area == 0 ? run.Y : _top;
            _right = Math.Max(_right, run.End);
            _bottom = run.Y + 1;
            _area += run.Length;
            _sumX += (run.Start + run.End - 1) / 2.0 * run.Length;
            _sumY += (double)run.Y * run.Length;
        }

        public readonly ConnectedComponent Finish(int label) =>
            new(label, _area, new PixelRect(_left, _top, _right - _left, _bottom - _top), new PixelPoint(_sumX / _area, _sumY / _area));
    }
}
