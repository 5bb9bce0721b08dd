using Maskwright.Masks;
using Maskwright.Networks.Classic;

namespace Maskwright.Bench.Evaluation;

/// <summary>How the nodes of a region tree lie on an object; counted in pixels of the image.</summary>
internal sealed class TreeTruth
{
    private TreeTruth(int[] inside, int[] total, long objectArea)
    {
        Inside = inside;
        Total = total;
        ObjectArea = objectArea;
    }

    /// <summary>Pixels of each node inside the object.</summary>
    public int[] Inside { get; }

    /// <summary>Pixels of each node.</summary>
    public int[] Total { get; }

    /// <summary>Pixels of the object.</summary>
    public long ObjectArea { get; }

    /// <summary>The part of a node that lies inside the object.</summary>
    public double Share(int node) => Inside[node] / (double)Math.Max(1, Total[node]);

    /// <summary>IoU of a node with the object.</summary>
    public double Iou(int node) => Inside[node] / (double)(ObjectArea + Total[node] - Inside[node]);

    /// <summary>The IoU of the best union of leaves.</summary>
    public double LeafOracle(int leaves)
    {
        double common = 0, outside = 0, best = 0;
        foreach (var leaf in Enumerable.Range(0, leaves).OrderByDescending(Share))
        {
            common += Inside[leaf];
            outside += Total[leaf] - Inside[leaf];
            best = Math.Max(best, common / (ObjectArea + outside));
        }

        return best;
    }

    /// <summary>Counts on the nodes of a tree.</summary>
    public static TreeTruth Count(ClassicEmbedding embedding, RegionTree tree, BinaryMask target) =>
        Lift(tree, CountLeaves(embedding, target), LeafTotals(embedding), target.Area());

    /// <summary>Pixels of each finest region inside an object.</summary>
    public static int[] CountLeaves(ClassicEmbedding embedding, BinaryMask target)
    {
        var inside = new int[embedding.LeafAreas.Length];
        var bounds = target.Bounds();
        for (var y = bounds.Y; y < bounds.Bottom; y++)
        {
            for (var x = bounds.X; x < bounds.Right; x++)
            {
                if (target[x, y])
                {
                    inside[LeafAt(embedding, x, y)]++;
                }
            }
        }

        return inside;
    }

    /// <summary>Pixels of the image in each finest region.</summary>
    public static int[] LeafTotals(ClassicEmbedding embedding)
    {
        var totals = new int[embedding.LeafAreas.Length];
        for (var y = 0; y < embedding.ImageSize.Height; y++)
        {
            for (var x = 0; x < embedding.ImageSize.Width; x++)
            {
                totals[LeafAt(embedding, x, y)]++;
            }
        }

        return totals;
    }

    /// <summary>Sums the counts of leaves up a tree.</summary>
    public static TreeTruth Lift(RegionTree tree, int[] insideLeaves, int[] leafTotals, long objectArea)
    {
        int[] inside = new int[tree.Nodes.Length], total = new int[tree.Nodes.Length];
        insideLeaves.CopyTo(inside, 0);
        leafTotals.CopyTo(total, 0);
        for (var i = tree.LeafCount; i < tree.Nodes.Length; i++)
        {
            total[i] = total[tree.Nodes[i].Left] + total[tree.Nodes[i].Right];
            inside[i] = inside[tree.Nodes[i].Left] + inside[tree.Nodes[i].Right];
        }

        return new TreeTruth(inside, total, objectArea);
    }

    private static int LeafAt(ClassicEmbedding embedding, int x, int y)
    {
        var (u, v) = embedding.Image.Cell(x + 0.5, y + 0.5);
        return embedding.Graph.Labels[(v * embedding.Image.Width) + u];
    }
}
