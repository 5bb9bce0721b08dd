using Maskwright.Geometry;
using Maskwright.Graphs;

namespace Maskwright.Networks.Seedling;

/// <summary>Seedling's two halves as graphs: one for the image, run once, and one for prompts, run often.</summary>
public static class SeedlingGraphs
{
    /// <summary>
    /// The encoder: <c>image</c> [B,3,H,W], normalised, sides multiples of 32, to <c>f4</c> [B,c4,H/4,W/4], <c>f8</c> and <c>f16</c> for the decoder, and the
    /// dense maps <c>boundary</c> [B,1,H/4,W/4] (logits of object borders) and <c>objectness</c> [B,1,H/8,W/8] (logits of the IoU of the mask that a click there gives).
    /// </summary>
    /// <param name="config">The sizes.</param>
    public static Graph Encoder(SeedlingConfig config) => Encoder(config, Sizes.Any);

    /// <summary>The encoder for one image of known size, to be measured.</summary>
    /// <param name="config">The sizes.</param>
    /// <param name="canvas">The size at which the network looks at the image.</param>
    internal static Graph Encoder(SeedlingConfig config, ImageSize canvas) => Encoder(config, Sizes.Of(canvas));

    /// <summary>What the names of the head of <see cref="EncoderWithBackboneHead"/> begin with.</summary>
    public const string BackboneHead = "backbone_head";

    /// <summary>
    /// The encoder with a head that says what another backbone sees, for learning from one: beside the encoder's outputs <c>backbone</c> [B,C,H/32,W/32], read from the
    /// encoder's own coarsest map cell by cell; the head's names begin with <see cref="BackboneHead"/>.
    /// </summary>
    /// <param name="config">The sizes.</param>
    /// <param name="channels">Channels of the other backbone's coarsest map, C.</param>
    public static Graph EncoderWithBackboneHead(SeedlingConfig config, int channels) => Encoder(config, Sizes.Any, channels);

    private static Graph Encoder(SeedlingConfig config, Sizes sizes, int? backboneChannels = null)
    {
        ArgumentNullException.ThrowIfNull(config);
        var g = new GraphBuilder($"{config.Name}-encoder");
        var image = g.Input("image", sizes.Images, 3, sizes.Rows.Times(SeedlingConfig.SideMultiple), sizes.Columns.Times(SeedlingConfig.SideMultiple));
        var features = SeedlingEncoder.Describe(g.Scope("encoder"), image, config);
        g.Output("f4", features.F4);
        g.Output("f8", features.F8);
        g.Output("f16", features.F16);
        g.Output("boundary", features.Boundary);
        g.Output("objectness", features.Objectness);
        if (backboneChannels is { } channels)
        {
            g.Output("backbone", g.Conv2d(features.Coarsest, BackboneHead, channels, kernel: 1));
        }

        return g.Build();
    }

    /// <summary>
    /// The decoder: <c>f4</c>, <c>f8</c>, <c>f16</c> of one image, <c>points</c> [P,N,2] (x and y in pixels of the network's frame), <c>labels</c> [P,N] (1 on the
    /// object, 0 beside it, 2 and 3 the corners of a box, -1 padding), <c>mask_input</c> [P,1,H/4,W/4] logits, <c>has_mask</c> [P] (1 or 0) and
    /// <c>regions</c> [P,R,H/4,W/4], what the hierarchy of regions answers, in [-1,1] (all 0: nothing; <see cref="SeedlingRegions"/>), to <c>masks</c> [P,M,H/4,W/4] logits and <c>quality</c> [P,M], the predicted IoU in [0,1].
    /// </summary>
    /// <param name="config">The sizes.</param>
    /// <remarks>Mask 0 is the one of a clear prompt; the others are readings of an ambiguous one.</remarks>
    public static Graph Decoder(SeedlingConfig config) => Decoder(config, Sizes.Any);

    /// <summary>The decoder for one click on an image of known size, to be measured.</summary>
    /// <param name="config">The sizes.</param>
    /// <param name="canvas">The size at which the network looks at the image.</param>
    internal static Graph Decoder(SeedlingConfig config, ImageSize canvas) => Decoder(config, Sizes.Of(canvas));

    private static Graph Decoder(SeedlingConfig config, Sizes sizes)
    {
        ArgumentNullException.ThrowIfNull(config);
        var g = new GraphBuilder($"{config.Name}-decoder");
        var (f4, f8, f16) = Features(g, config, sizes);
        var prompts = Prompts(g, sizes);
        var image = SeedlingImageSide.Describe(g.Scope("decoder"), f4, f8, f16, config);
        var draft = SeedlingDecoder.Draft(g.Scope("decoder"), image.Draft, prompts, config);
        g.Output("masks", SeedlingDecoder.Masks(g.Scope("decoder"), image.Fine, draft.Features, draft.Logits, prompts, config));
        g.Output("quality", draft.Quality);
        return g.Build();
    }

    /// <summary>What the decoder needs of an image whatever the prompt, for the two graphs that follow: <c>f4</c>, <c>f8</c>, <c>f16</c> to the tensors of <see cref="SeedlingImageSide"/>.</summary>
    /// <param name="config">The sizes.</param>
    internal static Graph ImageSide(SeedlingConfig config)
    {
        var g = new GraphBuilder($"{config.Name}-image-side");
        var (f4, f8, f16) = Features(g, config, Sizes.Any);
        SeedlingImageSide.Describe(g.Scope("decoder"), f4, f8, f16, config).Output(g);
        return g.Build();
    }

    /// <summary>The decoder's first half: what it takes of <see cref="ImageSide"/> and prompts to <c>draft.features</c>, <c>draft.logits</c> and <c>quality</c>.</summary>
    /// <param name="config">The sizes.</param>
    internal static Graph Draft(SeedlingConfig config)
    {
        var g = new GraphBuilder($"{config.Name}-draft");
        var image = SeedlingImageSide.InputOfDraft(g, ImageSide(config));
        var draft = SeedlingDecoder.Draft(g.Scope("decoder"), image, Prompts(g, Sizes.Any), config);
        g.Output(DraftFeatures, draft.Features);
        g.Output(DraftLogits, draft.Logits);
        g.Output("quality", draft.Quality);
        return g.Build();
    }

    /// <summary>The decoder's second half: what it takes of <see cref="ImageSide"/>, prompts, and of <see cref="Draft"/> all but the quality, to <c>masks</c>.</summary>
    /// <param name="config">The sizes.</param>
    internal static Graph Masks(SeedlingConfig config)
    {
        var g = new GraphBuilder($"{config.Name}-masks");
        var (image, draft) = (SeedlingImageSide.InputOfMasks(g, ImageSide(config)), Draft(config));
        Value Take(string name) => g.Input(name, [.. draft.Outputs[name].Shape]);
        g.Output("masks", SeedlingDecoder.Masks(g.Scope("decoder"), image, Take(DraftFeatures), Take(DraftLogits), Prompts(g, Sizes.Any), config));
        return g.Build();
    }

    /// <summary>Outputs of <see cref="Draft"/> that <see cref="Masks"/> takes.</summary>
    internal const string DraftFeatures = "draft.features", DraftLogits = "draft.logits";

    private static (Value F4, Value F8, Value F16) Features(GraphBuilder g, SeedlingConfig config, Sizes sizes)
    {
        Value Map(string name, int channels, int stride) => g.Input(name, 1, channels, sizes.RowsAt(stride), sizes.ColumnsAt(stride));
        return (Map("f4", config.FineChannels, stride: 4), Map("f8", config.MiddleChannels, stride: 8), Map("f16", config.CoarseChannels, stride: 16));
    }

    private static SeedlingPrompts Prompts(GraphBuilder g, Sizes sizes)
    {
        var (prompts, count) = (sizes.Prompts, sizes.Points);
        Value Map(string name, int channels) => g.Input(name, prompts, channels, sizes.RowsAt(SeedlingConfig.MaskStride), sizes.ColumnsAt(SeedlingConfig.MaskStride));
        var (points, labels, mask) = (g.Input("points", prompts, count, 2), g.Input("labels", prompts, count), Map("mask_input", 1));
        return SeedlingPrompts.Of(g.Scope("prompts"), points, labels, mask, g.Input("has_mask", prompts), Map("regions", SeedlingConfig.RegionAnswers));
    }

    /// <summary>
    /// The encoder with a head that says what hidden parts of an image look like, for learning from photos without masks: <c>image</c> as for the encoder to
    /// <c>pixels</c> [B,3*8*8,H/8,W/8], the pixels of every block of 8 x 8, channel by channel.
    /// </summary>
    /// <param name="config">The sizes.</param>
    public static Graph Reconstruction(SeedlingConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        var g = new GraphBuilder($"{config.Name}-reconstruction");
        var (sizes, side) = (Sizes.Any, SeedlingConfig.SideMultiple);
        var image = g.Input("image", sizes.Images, 3, sizes.Rows.Times(side), sizes.Columns.Times(side));
        var features = SeedlingEncoder.Describe(g.Scope("encoder"), image, config);
        g.Output("pixels", g.Conv2d(features.F8, "reconstruction", 3 * ReconstructionStride * ReconstructionStride, kernel: 3, padding: 1));
        return g.Build();
    }

    /// <summary>Pixels across and down of the blocks that <see cref="Reconstruction"/> tells.</summary>
    internal const int ReconstructionStride = 8;

    /// <summary>Every parameter of both graphs, encoder first.</summary>
    /// <param name="config">The sizes.</param>
    public static IReadOnlyList<Parameter> Parameters(SeedlingConfig config) => [.. Encoder(config).Parameters, .. Decoder(config).Parameters];

    /// <summary>The encoder's outputs that the decoder takes.</summary>
    internal static IReadOnlyList<string> DecoderFeatures { get; } = ["f4", "f8", "f16"];

    /// <summary>The shapes of the encoder's outputs for one image.</summary>
    /// <param name="config">The sizes.</param>
    /// <param name="canvas">The size at which the network looks at the image.</param>
    internal static IReadOnlyDictionary<string, long[]> EncoderShapes(SeedlingConfig config, ImageSize canvas)
    {
        long[] Map(long channels, int stride) => [1, channels, canvas.Height / stride, canvas.Width / stride];
        return new Dictionary<string, long[]>
        {
            ["f4"] = Map(config.FineChannels, 4),
            ["f8"] = Map(config.MiddleChannels, 8),
            ["f16"] = Map(config.CoarseChannels, 16),
            ["boundary"] = Map(1, 4),
            ["objectness"] = Map(1, 8),
        };
    }

    /// <summary>What the graphs leave open; rows and columns of the image in units of <see cref="SeedlingConfig.SideMultiple"/>.</summary>
    private sealed record Sizes(Dim Images, Dim Rows, Dim Columns, Dim Prompts, Dim Points)
    {
        public Dim RowsAt(int stride) => Rows.Times(SeedlingConfig.SideMultiple / stride);

        public Dim ColumnsAt(int stride) => Columns.Times(SeedlingConfig.SideMultiple / stride);

        public static Sizes Any { get; } = new(Dim.Symbolic("B"), Dim.Symbolic("h"), Dim.Symbolic("w"), Dim.Symbolic("P"), Dim.Symbolic("N"));

        public static Sizes Of(ImageSize canvas) => new(1, canvas.Height / SeedlingConfig.SideMultiple, canvas.Width / SeedlingConfig.SideMultiple, 1, 1);
    }
}
