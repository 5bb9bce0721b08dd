namespace Maskwright.Networks.Classic;

/// <summary>Predicts from the looks of a region how well it covers some object.</summary>
internal static class RegionQuality
{
    /// <summary>Predicts the IoU of a region with the object it fits best.</summary>
    /// <param name="node">The region.</param>
    /// <param name="imageArea">Pixels of the working image.</param>
    /// <returns>0 to 1.</returns>
    public static float Predict(RegionNode node, long imageArea)
    {
        var statistics = node.Statistics;
        var share = statistics.Area / (float)imageArea;
        var extent = statistics.Area / (float)statistics.BoxArea;
        var size = 0.5f + (0.05f * Math.Clamp(MathF.Log(share) + 8, 0, 6));
        var framed = statistics.FrameContact / (float)(statistics.FrameContact + node.OutlineLength + 1);
        var quality = ((0.5f * node.WeakestBorder) + (0.3f * (node.Dies - node.Born)) + (0.5f * node.OutlineStrength) + (0.3f * extent)) * size * (1 - framed);
        return Math.Clamp(quality, 0, 1);
    }
}
