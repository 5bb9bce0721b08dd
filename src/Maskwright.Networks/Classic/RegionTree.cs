namespace Maskwright.Networks.Classic;

/// <summary>Regions merged two by two until one is left: leaves 0 to n-1 are the finest regions, the last node is the image.</summary>
internal sealed class RegionTree
{
    private readonly int[] _first, _place;

    /// <summary>Takes the nodes; children come before their parent, so that the lower of two different nodes is never an ancestor of the other.</summary>
    /// <param name="nodes">Leaves, then what they were merged to.</param>
    /// <param name="borderEnds">Of every border between leaves, in the graph's order, the node that first holds both of its sides.</param>
    public RegionTree(RegionNode[] nodes, int[] borderEnds)
    {
        Nodes = nodes;
        BorderEnds = borderEnds;
        LeafCount = (nodes.Length + 1) / 2;
        LeafOrder = new int[LeafCount];
        _first = new int[nodes.Length];
        _place = new int[LeafCount];
        Arrange();
    }

    /// <summary>All nodes.</summary>
    public RegionNode[] Nodes { get; }

    /// <summary>Of every border between leaves, in the graph's order, the smallest node that holds both of its sides.</summary>
    public int[] BorderEnds { get; }

    /// <summary>n, the number of finest regions.</summary>
    public int LeafCount { get; }

    /// <summary>The leaves in an order in which every node is a range.</summary>
    public int[] LeafOrder { get; }

    /// <summary>The leaves of a node.</summary>
    public ReadOnlySpan<int> LeavesOf(int node) => LeafOrder.AsSpan(_first[node], Nodes[node].LeafCount);

    /// <summary>Where a node's leaves start in <see cref="LeafOrder"/>.</summary>
    public int FirstLeaf(int node) => _first[node];

    /// <summary>Whether a finest region belongs to a node.</summary>
    public bool Holds(int node, int leaf) => _place[leaf] >= _first[node] && _place[leaf] < _first[node] + Nodes[node].LeafCount;

    /// <summary>The smallest node that holds both.</summary>
    public int CommonAncestor(int one, int other)
    {
        while (one != other)
        {
            (one, other) = one < other ? (Nodes[one].Parent, other) : (one, Nodes[other].Parent);
        }

        return one;
    }

    private void Arrange()
    {
        for (var i = Nodes.Length - 1; i >= 0; i--)
        {
            if (Nodes[i].IsLeaf)
            {
                LeafOrder[_first[i]] = i;
                _place[i] = _first[i];
                continue;
            }

            _first[Nodes[i].Left] = _first[i];
            _first[Nodes[i].Right] = _first[i] + Nodes[Nodes[i].Left].LeafCount;
        }
    }
}
