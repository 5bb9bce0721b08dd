using Maskwright.Geometry;

namespace Maskwright.Networks.Classic;

/// <summary>Draws a set of finest regions in working pixels, true to the clicks and the box.</summary>
internal static class PixelMask
{
    /// <summary>Draws.</summary>
    /// <param name="graph">The finest regions.</param>
    /// <param name="leaves">Those inside.</param>
    /// <param name="seeds">The clicks.</param>
    /// <param name="box">In working pixels; nothing outside it is set, but for clicks. Null means no box.</param>
    /// <returns>[h,w] true inside.</returns>
    public static bool[] Draw(RegionGraph graph, LeafSet leaves, PromptSeeds seeds, PixelBox? box)
    {
        var disputed = seeds.SidesOfLeaves(graph).Where(side => side.Value == LeafSide.Disputed).Select(side => side.Key).ToHashSet();
        bool[] isInside = [.. Enumerable.Range(0, graph.Regions.Length).Select(leaves.Contains)];
        var mask = new bool[graph.Labels.Length];
        for (var i = 0; i < mask.Length; i++)
        {
            mask[i] = isInside[graph.Labels[i]];
        }

        for (var i = 0; disputed.Count > 0 && i < mask.Length; i++)
        {
            mask[i] = disputed.Contains(graph.Labels[i]) ? seeds.IsNearestPositive(i, graph.Size.Width) : mask[i];
        }

        if (box is { } b)
        {
            Crop(mask, graph.Size, b);
        }

        seeds.Impose(mask);
        return mask;
    }

    private static void Crop(bool[] mask, ImageSize size, PixelBox box)
    {
        for (var i = 0; i < mask.Length; i++)
        {
            int x = i % size.Width, y = i / size.Width;
            mask[i] &= x + 1 > box.X0 && x < box.X1 && y + 1 > box.Y0 && y < box.Y1;
        }
    }
}
