namespace Maskwright.PostProcessing;

/// <summary>The cheapest cut between a source and a sink, by augmenting paths from two growing search trees.</summary>
/// <remarks>Boykov and Kolmogorov 2004, with the distance and time-stamp marks of its section 3.2.3. Whole-number capacities, so that the result is exact.
/// Add terminals and edges, call <see cref="Solve"/> once, then ask for the sides.</remarks>
public sealed class MaximumFlow
{
    private const int Nothing = -1, Terminal = -2, Orphan = -3;
    private readonly int[] _firstEdge, _parent, _stamp, _distance, _terminalCapacity;
    private readonly bool[] _isSink, _isQueued;
    private readonly List<Edge> _edges;
    private readonly Queue<int> _active = new();
    private readonly Queue<int> _orphans = new();
    private int _time;

    /// <summary>Makes nodes without edges.</summary>
    /// <param name="nodeCount">Nodes beside source and sink, at least 0.</param>
    /// <param name="edgeCount">How many edges to make room for.</param>
    public MaximumFlow(int nodeCount, int edgeCount = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(nodeCount);
        ArgumentOutOfRangeException.ThrowIfNegative(edgeCount);
        _firstEdge = Filled(nodeCount);
        _parent = Filled(nodeCount);
        _stamp = new int[nodeCount];
        _distance = new int[nodeCount];
        _terminalCapacity = new int[nodeCount];
        _isSink = new bool[nodeCount];
        _isQueued = new bool[nodeCount];
        _edges = new List<Edge>(2 * edgeCount);
    }

    /// <summary>The cost of the cut, when <see cref="Solve"/> is done.</summary>
    public long Flow { get; private set; }

    /// <summary>Adds what it costs to put a node on either side; several for one node add up.</summary>
    /// <param name="node">The node, 0 to count - 1.</param>
    /// <param name="fromSource">The cost of putting it on the sink's side, at least 0.</param>
    /// <param name="toSink">The cost of putting it on the source's side, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such node, or a cost is negative.</exception>
    /// <exception cref="OverflowException">A node's costs sum to more than an <see cref="int"/> holds.</exception>
    public void AddTerminal(int node, int fromSource, int toSink)
    {
        CheckNode(node);
        ArgumentOutOfRangeException.ThrowIfNegative(fromSource);
        ArgumentOutOfRangeException.ThrowIfNegative(toSink);
        var held = _terminalCapacity[node];
        fromSource = checked(fromSource + Math.Max(0, held));
        toSink = checked(toSink + Math.Max(0, -held));
        Flow += Math.Min(fromSource, toSink);
        _terminalCapacity[node] = fromSource - toSink;
    }

    /// <summary>Adds what it costs to part two nodes, the same in both directions.</summary>
    /// <param name="one">A node, 0 to count - 1.</param>
    /// <param name="other">Another node.</param>
    /// <param name="capacity">The cost, 0 to half of what an <see cref="int"/> holds, so that it fits when all of it flows back.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such node, or the cost is out of its range.</exception>
    public void AddEdge(int one, int other, int capacity)
    {
        CheckNode(one);
        CheckNode(other);
        ArgumentOutOfRangeException.ThrowIfEqual(other, one);
        ArgumentOutOfRangeException.ThrowIfNegative(capacity);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(capacity, int.MaxValue / 2);
        _edges.Add(new Edge { Head = other, Next = _firstEdge[one], Capacity = capacity });
        _firstEdge[one] = _edges.Count - 1;
        _edges.Add(new Edge { Head = one, Next = _firstEdge[other], Capacity = capacity });
        _firstEdge[other] = _edges.Count - 1;
    }

    /// <summary>Whether a node lies on the source's side of the cut; nodes that cost nothing on either side do not.</summary>
    /// <param name="node">The node, 0 to count - 1.</param>
    public bool IsOnSourceSide(int node) => _parent[node] != Nothing && !_isSink[node];

    /// <summary>Finds the cut.</summary>
    public void Solve()
    {
        var edges = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_edges);
        PlantTrees();
        while (_active.TryDequeue(out var node))
        {
            _isQueued[node] = false;
            while (_parent[node] != Nothing && Grow(edges, node) is var bridge and >= 0)
            {
                _time++;
                Augment(edges, bridge);
                while (_orphans.TryDequeue(out var orphan))
                {
                    Adopt(edges, orphan);
                }
            }

            _time++;
        }
    }

    private void CheckNode(int node)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(node);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(node, _parent.Length);
    }

    private static int[] Filled(int count)
    {
        var values = new int[count];
        Array.Fill(values, Nothing);
        return values;
    }

    private void PlantTrees()
    {
        for (var node = 0; node < _parent.Length; node++)
        {
            if (_terminalCapacity[node] != 0)
            {
                _isSink[node] = _terminalCapacity[node] < 0;
                _parent[node] = Terminal;
                _distance[node] = 1;
                Activate(node);
            }
        }
    }

    /// <summary>Lets the tree of a node grow into its neighbours; returns an edge that leads from the source's tree into the sink's, or -1.</summary>
    private int Grow(Span<Edge> edges, int node)
    {
        for (var e = _firstEdge[node]; e >= 0; e = edges[e].Next)
        {
            if (edges[_isSink[node] ? e ^ 1 : e].Capacity == 0)
            {
                continue;
            }

            var next = edges[e].Head;
            if (_parent[next] == Nothing)
            {
                _isSink[next] = _isSink[node];
                Link(next, e ^ 1, _stamp[node], _distance[node] + 1);
                Activate(next);
            }
            else if (_isSink[next] != _isSink[node])
            {
                return _isSink[node] ? e ^ 1 : e;
            }
            else if (_stamp[next] <= _stamp[node] && _distance[next] > _distance[node])
            {
                Link(next, e ^ 1, _stamp[node], _distance[node] + 1);
            }
        }

        return -1;
    }

    private void Augment(Span<Edge> edges, int bridge)
    {
        var amount = Math.Min(edges[bridge].Capacity, Math.Min(Room(edges, edges[bridge ^ 1].Head), Room(edges, edges[bridge].Head)));
        edges[bridge].Capacity -= amount;
        edges[bridge ^ 1].Capacity += amount;
        Push(edges, edges[bridge ^ 1].Head, amount);
        Push(edges, edges[bridge].Head, amount);
        Flow += amount;
    }

    /// <summary>How much more can flow between a node and the root of its tree.</summary>
    private int Room(Span<Edge> edges, int node)
    {
        var room = int.MaxValue;
        for (; _parent[node] != Terminal; node = edges[_parent[node]].Head)
        {
            room = Math.Min(room, edges[_isSink[node] ? _parent[node] : _parent[node] ^ 1].Capacity);
        }

        return Math.Min(room, Math.Abs(_terminalCapacity[node]));
    }

    private void Push(Span<Edge> edges, int node, int amount)
    {
        while (_parent[node] != Terminal)
        {
            var forward = _isSink[node] ? _parent[node] : _parent[node] ^ 1;
            var next = edges[_parent[node]].Head;
            edges[forward].Capacity -= amount;
            edges[forward ^ 1].Capacity += amount;
            if (edges[forward].Capacity == 0)
            {
                Cut(node);
            }

            node = next;
        }

        _terminalCapacity[node] += _isSink[node] ? amount : -amount;
        if (_terminalCapacity[node] == 0)
        {
            Cut(node);
        }
    }

    /// <summary>Finds an orphan a new parent in its tree, the nearest to the root; without one it becomes free and its children orphans.</summary>
    private void Adopt(Span<Edge> edges, int orphan)
    {
        int best = Nothing, bestDistance = int.MaxValue;
        for (var e = _firstEdge[orphan]; e >= 0; e = edges[e].Next)
        {
            if (IsOpenToRoot(edges, e, orphan))
            {
                var distance = DistanceToRoot(edges, edges[e].Head);
                if (distance < bestDistance)
                {
                    (best, bestDistance) = (e, distance);
                }
            }
        }

        if (best != Nothing)
        {
            Link(orphan, best, _time, bestDistance + 1);
            return;
        }

        for (var e = _firstEdge[orphan]; e >= 0; e = edges[e].Next)
        {
            Release(edges, e, orphan);
        }

        _parent[orphan] = Nothing;
    }

    private bool IsOpenToRoot(Span<Edge> edges, int edge, int orphan)
    {
        var neighbour = edges[edge].Head;
        return edges[_isSink[orphan] ? edge : edge ^ 1].Capacity > 0 && _isSink[neighbour] == _isSink[orphan] && _parent[neighbour] != Nothing;
    }

    private void Release(Span<Edge> edges, int edge, int orphan)
    {
        var neighbour = edges[edge].Head;
        if (_isSink[neighbour] != _isSink[orphan] || _parent[neighbour] == Nothing)
        {
            return;
        }

        if (edges[_isSink[orphan] ? edge : edge ^ 1].Capacity > 0)
        {
            Activate(neighbour);
        }

        if (_parent[neighbour] >= 0 && edges[_parent[neighbour]].Head == orphan)
        {
            Cut(neighbour);
        }
    }

    /// <summary>Steps to the root, or the largest number when the way ends at an orphan; marks the way so that it is walked once.</summary>
    private int DistanceToRoot(Span<Edge> edges, int start)
    {
        var distance = 0;
        for (var node = start; ; node = edges[_parent[node]].Head)
        {
            if (_stamp[node] == _time)
            {
                distance += _distance[node];
                break;
            }

            distance++;
            if (_parent[node] == Terminal)
            {
                (_stamp[node], _distance[node]) = (_time, 1);
                break;
            }

            if (_parent[node] == Orphan)
            {
                return int.MaxValue;
            }
        }

        var left = distance;
        for (var node = start; _stamp[node] != _time; node = edges[_parent[node]].Head)
        {
            (_stamp[node], _distance[node]) = (_time, left--);
        }

        return distance;
    }

    private void Link(int node, int edge, int stamp, int distance) => (_parent[node], _stamp[node], _distance[node]) = (edge, stamp, distance);

    private void Cut(int node)
    {
        _parent[node] = Orphan;
        _orphans.Enqueue(node);
    }

    private void Activate(int node)
    {
        if (!_isQueued[node])
        {
            _isQueued[node] = true;
            _active.Enqueue(node);
        }
    }

    private struct Edge
    {
        public int Head;
        public int Next;
        public int Capacity;
    }
}
