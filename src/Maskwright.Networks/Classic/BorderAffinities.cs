namespace Maskwright.Networks.Classic;

/// <summary>How freely a cut may not run along each border: near 1 inside an object, near 0 along its outline.</summary>
internal static class BorderAffinities
{
    private const float StrengthDecay = 2, HeightDecay = 2;

    /// <summary>Weighs every border by the height at which the trees merge its two sides, and by its own boundary strength.</summary>
    public static float[] Compute(RegionGraph graph, RegionTree[] trees)
    {
        var heights = new float[graph.Borders.Length];
        foreach (var tree in trees)
        {
            for (var b = 0; b < heights.Length; b++)
            {
                heights[b] += tree.Nodes[tree.BorderEnds[b]].Born / trees.Length;
            }
        }

        return [.. graph.Borders.Select((border, b) => MathF.Exp((-StrengthDecay * border.Strength / border.Length) - (HeightDecay * heights[b])))];
    }
}
