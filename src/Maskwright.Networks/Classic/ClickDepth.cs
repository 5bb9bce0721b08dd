namespace Maskwright.Networks.Classic;

/// <summary>How deep a click lies inside any node of a tree.</summary>
internal sealed class ClickDepth
{
    private readonly RegionTree _tree;
    private readonly float[] _before, _after;

    /// <summary>Measures the distance from the click to every finest region.</summary>
    /// <param name="nearest">Of each finest region the distance to its nearest pixel, from <see cref="Nearest"/>.</param>
    /// <param name="tree">The tree whose nodes will be asked for.</param>
    public ClickDepth(float[] nearest, RegionTree tree)
    {
        _tree = tree;
        var count = tree.LeafCount;
        _before = new float[count + 1];
        _after = new float[count + 1];
        _before[0] = _after[count] = float.PositiveInfinity;
        for (var i = 0; i < count; i++)
        {
            _before[i + 1] = Math.Min(_before[i], nearest[tree.LeafOrder[i]]);
            _after[count - 1 - i] = Math.Min(_after[count - i], nearest[tree.LeafOrder[count - 1 - i]]);
        }
    }

    /// <summary>From the click to the nearest pixel outside the node or the image, in working pixels.</summary>
    /// <param name="node">A node that holds the click.</param>
    /// <param name="toFrame">From the click to the image's edge.</param>
    public float Of(int node, float toFrame)
    {
        var first = _tree.FirstLeaf(node);
        return Math.Min(toFrame, Math.Min(_before[first], _after[first + _tree.Nodes[node].LeafCount]));
    }

    /// <summary>Of each finest region the distance from a pixel to its nearest pixel.</summary>
    public static float[] Nearest(RegionGraph graph, int x, int y)
    {
        var squares = new int[graph.Regions.Length];
        Array.Fill(squares, int.MaxValue);
        for (int v = 0, i = 0; v < graph.Size.Height; v++)
        {
            for (var u = 0; u < graph.Size.Width; u++, i++)
            {
                ref var square = ref squares[graph.Labels[i]];
                square = Math.Min(square, ((u - x) * (u - x)) + ((v - y) * (v - y)));
            }
        }

        return [.. squares.Select(square => MathF.Sqrt(square))];
    }
}
