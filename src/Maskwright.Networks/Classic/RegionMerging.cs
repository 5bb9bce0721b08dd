namespace Maskwright.Networks.Classic;

/// <summary>Builds a region tree: the two touching regions that most likely belong together are merged, again and again.</summary>
/// <remarks>Greedy merging with a queue as in Arbelaez et al. 2011 and Uijlings et al. 2013. Costs are taken anew after each merge; births and deaths are made
/// monotone, so that the tree is an ultrametric contour map.</remarks>
internal sealed class RegionMerging
{
    private readonly MergeCost _cost;
    private readonly float _imageArea;
    private readonly List<RegionNode> _nodes;
    private readonly RegionLook[] _looks;
    private readonly List<int>?[] _bordersOf;
    private readonly RegionBorder[] _borders;
    private readonly bool[] _isGone;
    private readonly int[] _joinedTo, _endsIn;
    private readonly int[] _seenBorder;
    private readonly BorderQueue _queue;
    private readonly Action<int, int, BorderCues>? _observer;

    private RegionMerging(RegionGraph graph, MergeCost cost, Action<int, int, BorderCues>? observer)
    {
        _observer = observer;
        _cost = cost;
        _imageArea = graph.Size.PixelCount;
        _nodes = [.. graph.Regions.Select(r => new RegionNode { Statistics = r })];
        _borders = [.. graph.Borders];
        _isGone = new bool[_borders.Length];
        _joinedTo = new int[_borders.Length];
        _endsIn = new int[_borders.Length];
        _bordersOf = new List<int>?[(2 * _nodes.Count) - 1];
        _looks = new RegionLook[_bordersOf.Length];
        _seenBorder = new int[_bordersOf.Length];
        _queue = new BorderQueue(_borders.Length);
        Array.Fill(_seenBorder, -1);
        Array.Fill(_joinedTo, -1);
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
        while (merging._queue.TryTake(out var border))
        {
            cancellationToken.ThrowIfCancellationRequested();
            merging.Merge(border);
        }

        return new RegionTree([.. merging._nodes], merging.BorderEnds());
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
            Look(i);
        }

        for (var i = 0; i < _borders.Length; i++)
        {
            var (color, cost) = Enqueue(i);
            Surround(_nodes[_borders[i].One], i, color, cost);
            Surround(_nodes[_borders[i].Other], i, color, cost);
        }

        _nodes.ForEach(node => node.Contrast /= Math.Max(1, node.OutlineLength));
    }

    private void Merge(int border)
    {
        var (one, other) = (_borders[border].One, _borders[border].Other);
        var cost = _cost.Of(Cues(border));
        RegionNode left = _nodes[one], right = _nodes[other];
        var height = Math.Max(cost, Math.Max(left.Born, right.Born));
        var index = _nodes.Count;
        (left.Parent, right.Parent) = (index, index);
        (left.Dies, right.Dies) = (height, height);
        var node = new RegionNode
        {
            Left = one,
            Right = other,
            LeafCount = left.LeafCount + right.LeafCount,
            Born = height,
            Statistics = RegionStatistics.Union(left.Statistics, right.Statistics),
        };
        _nodes.Add(node);
        _isGone[border] = true;
        _endsIn[border] = index;
        JoinBorders(one, other, index);
        Look(index);
        foreach (var own in BordersOf(index))
        {
            var (color, costOfOwn) = Enqueue(own);
            Surround(node, own, color, costOfOwn);
        }

        node.Contrast /= Math.Max(1, node.OutlineLength);
    }

    /// <summary>Hands the borders of both parts to the whole; a neighbour of both gets one border of the summed length.</summary>
    private void JoinBorders(int one, int other, int node)
    {
        List<int> ofOne = BordersOf(one), ofOther = BordersOf(other), joined = new(ofOne.Count + ofOther.Count);
        Hand(ofOne);
        Hand(ofOther);
        joined.ForEach(border => _seenBorder[_borders[border].One] = -1);
        (_bordersOf[one], _bordersOf[other], _bordersOf[node]) = (null, null, joined);

        void Hand(List<int> borders)
        {
            foreach (var border in borders)
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
                    _joinedTo[border] = twin;
                    _queue.Remove(border);
                    continue;
                }

                b = b with { One = neighbour, Other = node };
                _seenBorder[neighbour] = border;
                joined.Add(border);
            }
        }
    }

    /// <summary>Measures what a region's borders are weighed by.</summary>
    private void Look(int index)
    {
        var node = _nodes[index];
        var length = 0;
        var strength = 0f;
        foreach (var border in BordersOf(index))
        {
            length += _borders[border].Length;
            strength += _borders[border].Strength;
        }

        node.OutlineLength = length;
        node.OutlineStrength = length == 0 ? 0 : strength / length;
        _looks[index] = new RegionLook(node, _imageArea);
    }

    private void Surround(RegionNode node, int border, float color, float cost)
    {
        node.Contrast += color * _borders[border].Length;
        node.WeakestBorder = Math.Min(node.WeakestBorder, cost);
    }

    private (float Color, float Cost) Enqueue(int border)
    {
        var cues = Cues(border);
        _observer?.Invoke(_borders[border].One, _borders[border].Other, cues);
        var cost = _cost.Of(cues);
        _queue.Set(border, cost);
        return (cues.Color, cost);
    }

    private BorderCues Cues(int border)
    {
        ref readonly var b = ref _borders[border];
        return RegionLook.Compare(in _looks[b.One], in _looks[b.Other], b);
    }

    // A border that was joined to another ends where that one ends.
    private int[] BorderEnds()
    {
        for (var i = 0; i < _endsIn.Length; i++)
        {
            var last = i;
            while (_joinedTo[last] >= 0)
            {
                last = _joinedTo[last];
            }

            for (var (at, next) = (i, _joinedTo[i]); next >= 0; (at, next) = (next, _joinedTo[next]))
            {
                _joinedTo[at] = last;
            }

            _endsIn[i] = _endsIn[last];
        }

        return _endsIn;
    }

    private List<int> BordersOf(int node) => _bordersOf[node] ?? throw new InvalidOperationException($"Region {node} has been merged already.");
}
