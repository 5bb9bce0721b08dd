namespace Maskwright.Networks.Semantic;

/// <summary>Where the parts of a long axis begin: evenly spread, the first at 0, the last at the end.</summary>
internal static class TilePlan
{
    /// <param name="size">The axis in pixels.</param>
    /// <param name="tile">A part in pixels.</param>
    /// <param name="overlap">The least share of a part that its neighbour sees too.</param>
    public static IReadOnlyList<int> Starts(int size, int tile, double overlap)
    {
        if (size <= tile)
        {
            return [0];
        }

        var step = Math.Max(1, tile * (1 - overlap));
        var count = (int)Math.Ceiling((size - tile) / step) + 1;
        return [.. Enumerable.Range(0, count).Select(i => (int)((long)i * (size - tile) / (count - 1)))];
    }

    /// <summary>How much each pixel of a part counts: rising from its border to the overlap's width, then level.</summary>
    /// <param name="length">The part's pixels along the axis.</param>
    /// <param name="tile">A full part.</param>
    /// <param name="overlap">The least share of a part that its neighbour sees too.</param>
    public static float[] Weights(int length, int tile, double overlap)
    {
        var ramp = Math.Max(1, (int)(tile * overlap));
        return [.. Enumerable.Range(0, length).Select(i => (float)Math.Min(ramp, Math.Min(i + 1, length - i)) / ramp)];
    }
}
