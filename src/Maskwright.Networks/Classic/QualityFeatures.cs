namespace Maskwright.Networks.Classic;

/// <summary>The looks of a region, as numbers from which its quality is predicted.</summary>
internal static class QualityFeatures
{
    /// <summary>Numbers that belong to the region alone.</summary>
    public const int OfRegion = 14;

    /// <summary>Numbers with those that depend on a click.</summary>
    public const int WithClick = OfRegion + 2;

    /// <summary>Measures a region.</summary>
    /// <param name="tree">The tree that holds it.</param>
    /// <param name="index">The region.</param>
    /// <param name="features">At least <see cref="OfRegion"/> places.</param>
    public static void Measure(RegionTree tree, int index, Span<float> features)
    {
        var node = tree.Nodes[index];
        var statistics = node.Statistics;
        float imageArea = tree.Nodes[^1].Statistics.Area;
        float perimeter = node.OutlineLength + statistics.FrameContact;
        features[0] = MathF.Log(statistics.Area / imageArea);
        features[1] = MathF.Log(statistics.Area);
        features[2] = LogOdds(node.Born);
        features[3] = LogOdds(node.Dies) - LogOdds(node.Born);
        features[4] = LogOdds(node.WeakestBorder);
        features[5] = node.OutlineStrength;
        features[6] = node.Contrast;
        features[7] = statistics.Area / (float)statistics.BoxArea;
        features[8] = perimeter / MathF.Sqrt(statistics.Area);
        features[9] = statistics.FrameContact / (perimeter + 1);
        features[10] = statistics.Unrest / statistics.Area;
        var parent = node.Parent < 0 ? node : tree.Nodes[node.Parent];
        features[11] = MathF.Log(parent.Statistics.Area / (float)statistics.Area);
        features[12] = parent.OutlineStrength - node.OutlineStrength;
        var child = node.IsLeaf ? 0 : Math.Max(tree.Nodes[node.Left].Statistics.Area, tree.Nodes[node.Right].Statistics.Area);
        features[13] = child / (float)statistics.Area;
    }

    private static float LogOdds(float cost) => MathF.Log((cost + 1e-3f) / (1 + 1e-3f - cost));

    /// <summary>Measures how a click lies in a region.</summary>
    /// <param name="node">The region.</param>
    /// <param name="x">The clicked working pixel's column.</param>
    /// <param name="y">The clicked working pixel's row.</param>
    /// <param name="depth">From the click to the nearest pixel outside the region, in working pixels.</param>
    /// <param name="features">At least <see cref="WithClick"/> places.</param>
    public static void MeasureClick(RegionNode node, int x, int y, float depth, Span<float> features)
    {
        var statistics = node.Statistics;
        features[OfRegion] = depth / MathF.Sqrt(statistics.Area / MathF.PI);
        var across = Math.Abs((2f * (x - statistics.Left) / Math.Max(1, statistics.Right - statistics.Left)) - 1);
        var down = Math.Abs((2f * (y - statistics.Top) / Math.Max(1, statistics.Bottom - statistics.Top)) - 1);
        features[OfRegion + 1] = Math.Max(across, down);
    }
}
