using Maskwright.Images;
using Maskwright.Segmentation;

namespace Maskwright.Networks.Classic;

/// <summary>An image taken apart: its finest regions, and the trees of their merging.</summary>
internal sealed class ClassicEmbedding : ImageEmbedding
{
    private ClassicEmbedding(WorkingImage image, BoundaryMap boundaries, RegionGraph graph, RegionTree[] trees)
        : base(image.Original)
    {
        Image = image;
        Boundaries = boundaries;
        Graph = graph;
        Trees = trees;
        BorderAffinity = BorderAffinities.Compute(graph, trees);
        Colors = new LeafColors(image, graph);
        LeafAreas = [.. graph.Regions.Select(r => r.Area)];
    }

    /// <summary>The image at the size at which it was analysed.</summary>
    public WorkingImage Image { get; }

    /// <summary>Where edges run.</summary>
    public BoundaryMap Boundaries { get; }

    /// <summary>The finest regions.</summary>
    public RegionGraph Graph { get; }

    /// <summary>The same regions merged by different costs.</summary>
    public RegionTree[] Trees { get; }

    /// <summary>The area of every finest region, in working pixels.</summary>
    public int[] LeafAreas { get; }

    /// <summary>Of each border how freely objects reach across it, 0 to 1.</summary>
    public float[] BorderAffinity { get; }

    /// <summary>The colours of every finest region.</summary>
    public LeafColors Colors { get; }

    /// <summary>Predicts how well a region covers some object, 0 to 1.</summary>
    public float QualityOf(RegionTree tree, int node)
    {
        Span<float> features = stackalloc float[QualityFeatures.OfRegion];
        QualityFeatures.Measure(tree, node, features);
        return QualityTables.OfRegions.Predict(features);
    }

    /// <summary>A node as a candidate of a known quality.</summary>
    public RegionCandidate Candidate(RegionTree tree, int node, float quality) =>
        new(new LeafSet(tree.LeavesOf(node), LeafAreas), quality, tree.Nodes[node].Dies - tree.Nodes[node].Born);

    /// <summary>Analyses an image.</summary>
    public static ClassicEmbedding Of(RgbImage source, ClassicOptions options, CancellationToken cancellationToken)
    {
        var image = WorkingImage.From(source, options.WorkingSide);
        cancellationToken.ThrowIfCancellationRequested();
        var cues = CueHistograms.Compute(image);
        var boundaries = BoundaryMap.Compute(cues, image.Width, image.Height, cancellationToken);
        var (labels, count) = Watershed.Flood(boundaries.Surface(), image.Width, image.Height);
        cancellationToken.ThrowIfCancellationRequested();
        LabelSmoothing.Smooth(labels, count, image);
        var graph = RegionGraph.Measure(labels, count, cues, boundaries, image.Size);
        RegionTree[] trees = [.. MergeCost.All.Select(cost => RegionMerging.Build(graph, cost, cancellationToken))];
        return new ClassicEmbedding(image, boundaries, graph, trees);
    }
}
