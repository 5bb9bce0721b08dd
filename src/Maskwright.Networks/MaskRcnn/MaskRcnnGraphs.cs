using Maskwright.Geometry;
using Maskwright.Graphs;
using Maskwright.Graphs.Operations;
using Maskwright.Networks.Backbones;

namespace Maskwright.Networks.MaskRcnn;

/// <summary>Mask R-CNN's parts as graphs; what happens between them is ordinary code.</summary>
public static class MaskRcnnGraphs
{
    /// <summary>Maps that boxes are read from: all of the pyramid but the extra one.</summary>
    public const int BoxLevels = 4;

    /// <summary>What both sides of the image must be multiples of, in pixels.</summary>
    public const int SideMultiple = 32;

    private const int BoxCells = 7;
    private const int MaskCells = 14;
    private const int Samples = 2;

    /// <summary>
    /// Backbone, pyramid and proposal head: <c>image</c> [B,3,H,W], H and W multiples of 32, to maps <c>fpn_0</c>..<c>fpn_4</c> [B,C,h,w], and for each map
    /// <c>objectness_i</c> [B,A,h,w] and <c>deltas_i</c> [B,4A,h,w].
    /// </summary>
    /// <param name="config">The sizes.</param>
    /// <param name="withStages">True to give the backbone's maps out as well, to compare with a reference.</param>
    public static Graph Features(MaskRcnnConfig config, bool withStages = false) =>
        Features(config, withStages, Dim.Symbolic("B"), Dim.SymbolicMultiple("h", SideMultiple), Dim.SymbolicMultiple("w", SideMultiple));

    /// <summary>The same for one image of a known size, which lets costs be counted.</summary>
    /// <param name="config">The sizes.</param>
    /// <param name="canvas">W and H, multiples of 32.</param>
    public static Graph Features(MaskRcnnConfig config, ImageSize canvas) => Features(config, withStages: false, 1, canvas.Height, canvas.Width);

    /// <summary>The box head: maps and boxes by map to <c>class_logits</c> [R,K] and <c>box_deltas</c> [R,4K].</summary>
    /// <param name="config">The sizes.</param>
    /// <param name="withStages">True to give the regions and the hidden layer out as well, to compare with a reference.</param>
    /// <remarks>
    /// Inputs: <c>fpn_i</c> [B,C,h,w] for the four finest maps, <c>boxes_i</c> [Ri,4] in the pixels of the resized image, and <c>images_i</c> [Ri], the image of
    /// each box. The results stand map by map, the finest first.
    /// </remarks>
    public static Graph Boxes(MaskRcnnConfig config, bool withStages = false)
    {
        ArgumentNullException.ThrowIfNull(config);
        var g = new GraphBuilder($"{config.Name}-boxes");
        var regions = Regions(g, config, BoxCells);
        var hidden = BoxHead(g.Scope("roi_heads.box_head"), regions, config);
        if (withStages)
        {
            g.Output("regions", regions);
            g.Output("hidden", hidden);
        }

        g.Output("class_logits", g.Linear(hidden, "roi_heads.box_predictor.cls_score", config.ClassCount));
        g.Output("box_deltas", g.Linear(hidden, "roi_heads.box_predictor.bbox_pred", 4 * config.ClassCount));
        return g.Build();
    }

    /// <summary>The mask head: maps and boxes by map, as <see cref="Boxes"/> takes them, to <c>mask_logits</c> [R,K,28,28].</summary>
    /// <param name="config">The sizes.</param>
    public static Graph Masks(MaskRcnnConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        var g = new GraphBuilder($"{config.Name}-masks");
        var x = Convolutions(g.Scope("roi_heads.mask_head"), Regions(g, config, MaskCells), config.MaskConvolutions, config);
        x = g.Relu(g.ConvTranspose2d(x, "roi_heads.mask_predictor.conv5_mask", config.PyramidWidth, 2, 2));
        g.Output("mask_logits", g.Conv2d(x, "roi_heads.mask_predictor.mask_fcn_logits", config.ClassCount, 1));
        return g.Build();
    }

    /// <summary>Every parameter of the network, the backbone first.</summary>
    /// <param name="config">The sizes.</param>
    public static IReadOnlyList<Parameter> Parameters(MaskRcnnConfig config) =>
        [.. new[] { Features(config), Boxes(config), Masks(config) }.SelectMany(graph => graph.Parameters)];

    private static Graph Features(MaskRcnnConfig config, bool withStages, Dim batch, Dim height, Dim width)
    {
        ArgumentNullException.ThrowIfNull(config);
        var g = new GraphBuilder($"{config.Name}-features");
        var image = g.Input("image", batch, 3, height, width);
        Value[] maps = [.. config.Backbone.Describe(g.Scope("backbone.body"), image).Stages.Skip(1)];
        for (var i = 0; withStages && i < maps.Length; i++)
        {
            g.Output($"body_{i}", maps[i]);
        }

        var pyramid = FeaturePyramid.Describe(g.Scope("backbone.fpn"), maps, config);
        for (var i = 0; i < pyramid.Count; i++)
        {
            var (objectness, deltas) = ProposalHead(g.Scope("rpn.head"), pyramid[i], config);
            g.Output($"fpn_{i}", pyramid[i]);
            g.Output($"objectness_{i}", objectness);
            g.Output($"deltas_{i}", deltas);
        }

        return g.Build();
    }

    private static (Value Objectness, Value Deltas) ProposalHead(GraphBuilder g, Value x, MaskRcnnConfig config)
    {
        for (var i = 0; i < config.ProposalConvolutions; i++)
        {
            x = g.Relu(g.Conv2d(x, $"conv.{i}.0", config.PyramidWidth, 3, padding: 1));
        }

        return (g.Conv2d(x, "cls_logits", config.AnchorsPerCell, 1), g.Conv2d(x, "bbox_pred", 4 * config.AnchorsPerCell, 1));
    }

    private static Value Regions(GraphBuilder g, MaskRcnnConfig config, int cells)
    {
        var regions = new Value[BoxLevels];
        for (var i = 0; i < BoxLevels; i++)
        {
            var map = g.Input($"fpn_{i}", Dim.Symbolic("B"), config.PyramidWidth, Dim.Symbolic($"h{i}"), Dim.Symbolic($"w{i}"));
            var (boxes, images) = (g.Input($"boxes_{i}", Dim.Symbolic($"R{i}"), 4), g.Input($"images_{i}", ElementType.Int64, Dim.Symbolic($"R{i}")));
            regions[i] = g.RoiAlign(map, boxes, images, new RoiAlign(cells, cells, 1.0 / (4 << i), Samples)); // [Ri,C,cells,cells]
        }

        return g.Concat(0, regions);
    }

    private static Value BoxHead(GraphBuilder g, Value regions, MaskRcnnConfig config)
    {
        var x = Convolutions(g, regions, config.BoxConvolutions, config);
        x = g.Reshape(x, x.Shape[0], config.PyramidWidth * BoxCells * BoxCells); // [R,C,7,7] -> [R,49C]
        return config.BoxConvolutions > 0
            ? g.Relu(g.Linear(x, $"{config.BoxConvolutions + 1}", config.BoxWidth))
            : g.Relu(g.Linear(g.Relu(g.Linear(x, "fc6", config.BoxWidth)), "fc7", config.BoxWidth));
    }

    private static Value Convolutions(GraphBuilder g, Value x, int count, MaskRcnnConfig config)
    {
        for (var i = 0; i < count; i++)
        {
            x = config.NormalisedHeads
                ? ConvolutionUnit.Describe(g.Scope($"{i}"), x, "0", "1", config.PyramidWidth, new UnitShape(3))
                : g.Relu(g.Conv2d(x, $"{i}.0", config.PyramidWidth, 3, padding: 1));
        }

        return x;
    }
}
