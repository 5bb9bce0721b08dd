namespace Maskwright.Networks.Classic;

/// <summary>Builds a region tree: the two touching regions that most likely belong together are merged, again and again.</summary>
/// <remarks>Greedy merging with a queue as in Arbelaez et al. 2011 and Uijlings et al. 2013. Costs are taken anew after each merge; births and deaths are made
/// monotone, so that the tree is an ultrametric contour map.</remarks>
internal sealed class RegionMerging
{
    private readonly MergeCost _cost;
    private readonly float _imageArea;
    private readonly List<RegionNode> _nodes;
    private readonly List<int>?[] _bordersOf;
    private readonly RegionBorder[] _borders;
    private readonly bool[] _isGone;
    private readonly int[] _version;
    private readonly int[] _seenBorder;
    private readonly PriorityQueue<(int Border, int Version), (float Cost, int Border)> _queue = new();

    private readonly Action<int, int, BorderCues>? _observer;

    private RegionMerging(RegionGraph graph, MergeCost cost, Action<int, int, BorderCues>? observer)
    {
        _observer = observer;
        _cost = cost;
        _imageArea = graph.Size.PixelCount;
        _nodes = [.. graph.Regions.Select(r => new RegionNode { Statistics = r })];
        _borders = [.. graph.Borders];
        _isGone = new bool[_borders.Length];
        _version = new int[_borders.Length];
        _bordersOf = new List<int>?[(2 * _nodes.Count) - 1];
        _seenBorder = new int[_bordersOf.Length];
        Array.Fill(_seenBorder, -1);
    }

    /// <summary>Merges until one region is left.</summary>
    /// <param name="graph">The finest regions.</param>
    /// <param name="cost">Which borders go first.</param>
    /// <param name="cancellationToken">Stops between merges.</param>
    /// <param name="observer">Told both regions and the cues of every border as it comes up, to calibrate with; null means nobody listens.</param>
    public static RegionTree Build(
        RegionGraph graph, MergeCost cost, CancellationToken cancellationToken, Action<int, int, BorderCues>? observer = null)
    {
        var merging = new RegionMerging(graph, cost, observer);
        merging.Start();
        while (merging._queue.TryDequeue(out var next, out _))
        {
            if (!merging._isGone[next.Border] && merging._version[next.Border] == next.Version)
            {
                cancellationToken.ThrowIfCancellationRequested();
                merging.Merge(next.Border);
            }
        }

        return new RegionTree([.. merging._nodes]);
    }

    private void Start()
    {
        for (var i = 0; i < _nodes.Count; i++)
        {
            _bordersOf[i] = [];
        }

        for (var i = 0; i < _borders.Length; i++)
        {
            BordersOf(_borders[i].One).Add(i);
            BordersOf(_borders[i].Other).Add(i);
        }

        for (var i = 0; i < _nodes.Count; i++)
        {
            MeasureOutline(i);
        }

        for (var i = 0; i < _borders.Length; i++)
        {
            Enqueue(i);
        }

        for (var i = 0; i < _bordersOf.Length && _bordersOf[i] is not null; i++)
        {
            MeasureSurroundings(i);
        }
    }

    private void Merge(int border)
    {
        var (one, other) = (_borders[border].One, _borders[border].Other);
        var cues = Cues(border);
        var cost = _cost.Of(cues);
        RegionNode left = _nodes[one], right = _nodes[other];
        var height = Math.Max(cost, Math.Max(left.Born, right.Born));
        var node = _nodes.Count;
        (left.Parent, right.Parent) = (node, node);
        (left.Dies, right.Dies) = (height, height);
        _nodes.Add(new RegionNode
        {
            Left = one,
            Right = other,
            LeafCount = left.LeafCount + right.LeafCount,
            Born = height,
            MergeCues = cues,
            Statistics = RegionStatistics.Union(left.Statistics, right.Statistics),
        });
        _isGone[border] = true;
        JoinBorders(one, other, node);
        MeasureOutline(node);
        BordersOf(node).ForEach(Enqueue);
        MeasureSurroundings(node);
    }

    /// <summary>Hands the borders of both parts to the whole; a neighbour of both gets one border of the summed length.</summary>
    private void JoinBorders(int one, int other, int node)
    {
        var joined = new List<int>();
        foreach (var border in BordersOf(one).Concat(BordersOf(other)))
        {
            if (_isGone[border])
            {
                continue;
            }

            ref var b = ref _borders[border];
            var neighbour = b.One == one || b.One == other ? b.Other : b.One;
            var twin = _seenBorder[neighbour];
            if (twin >= 0)
            {
                _borders[twin] = _borders[twin] with { Length = _borders[twin].Length + b.Length, Strength = _borders[twin].Strength + b.Strength };
                _isGone[border] = true;
                continue;
            }

            b = b with { One = neighbour, Other = node };
            _seenBorder[neighbour] = border;
            joined.Add(border);
        }

        joined.ForEach(border => _seenBorder[_borders[border].One] = -1);
        (_bordersOf[one], _bordersOf[other], _bordersOf[node]) = (null, null, joined);
    }

    private void MeasureOutline(int node)
    {
        var length = 0;
        var strength = 0f;
        var own = BordersOf(node);
        own.RemoveAll(border => _isGone[border]);
        foreach (var border in own)
        {
            length += _borders[border].Length;
            strength += _borders[border].Strength;
        }

        _nodes[node].OutlineLength = length;
        _nodes[node].OutlineStrength = length == 0 ? 0 : strength / length;
    }

    private void MeasureSurroundings(int node)
    {
        float contrast = 0, weakest = 1;
        foreach (var border in BordersOf(node))
        {
            var cues = Cues(border);
            contrast += cues.Color * _borders[border].Length;
            weakest = Math.Min(weakest, _cost.Of(cues));
        }

        _nodes[node].Contrast = contrast / Math.Max(1, _nodes[node].OutlineLength);
        _nodes[node].WeakestBorder = weakest;
    }

    private void Enqueue(int border)
    {
        _version[border]++;
        var cues = Cues(border);
        _observer?.Invoke(_borders[border].One, _borders[border].Other, cues);
        _queue.Enqueue((border, _version[border]), (_cost.Of(cues), border));
    }

    private BorderCues Cues(int border)
    {
        var b = _borders[border];
        RegionNode one = _nodes[b.One], other = _nodes[b.Other];
        var (smaller, larger) = one.Statistics.Area <= other.Statistics.Area ? (one, other) : (other, one);
        var (color, texture) = RegionStatistics.Difference(one.Statistics, other.Statistics);
        return new BorderCues(
            b.Strength / b.Length,
            color,
            texture,
            MathF.Log(smaller.Statistics.Area / _imageArea),
            MathF.Log(larger.Statistics.Area / _imageArea),
            (float)b.Length / smaller.OutlineLength,
            smaller.Statistics.Unrest / smaller.Statistics.Area,
            larger.Statistics.Unrest / larger.Statistics.Area);
    }

    private List<int> BordersOf(int node) => _bordersOf[node] ?? throw new InvalidOperationException($"Region {node} has been merged already.");
}
