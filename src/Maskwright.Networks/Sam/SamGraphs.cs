using Maskwright.Graphs;
using Maskwright.Networks.Sam.Folded;

namespace Maskwright.Networks.Sam;

/// <summary>SAM's parts as graphs: one for the image, one for prompts, one for what never changes.</summary>
public static class SamGraphs
{
    /// <summary>The image encoder: <c>image</c> [1,3,S,S] to <c>image_embeddings</c> [1,C,h,w].</summary>
    /// <param name="config">The sizes.</param>
    /// <param name="withStages">True to give every stage out as well, to compare with a reference.</param>
    public static Graph Encoder(SamConfig config, bool withStages = false)
    {
        ArgumentNullException.ThrowIfNull(config);
        var g = new GraphBuilder($"{config.Name}-encoder");
        var image = g.Input("image", 1, 3, config.Encoder.ImageSize, config.Encoder.ImageSize);
        g.Output("image_embeddings", config.Encoder.Describe(g, image, config.PromptDim, withStages ? g.Output : null));
        return g.Build();
    }

    /// <summary>The position encoding of the embedding's cells: nothing to <c>image_positions</c> [1,h*w,C].</summary>
    /// <param name="config">The sizes.</param>
    public static Graph Positions(SamConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        var g = new GraphBuilder($"{config.Name}-positions");
        g.Output("image_positions", PromptEncoder.DensePositionEncoding(g.Scope("prompt_encoder"), config));
        return g.Build();
    }

    /// <summary>
    /// Prompt encoder and mask decoder: <c>image_embeddings</c> [1,C,h,w], <c>image_positions</c> [1,h*w,C], with points <c>point_coords</c> [P,N,2] and
    /// <c>point_labels</c> [P,N], with a mask hint <c>mask_input</c> [P,1,4h,4w]; to <c>masks</c> [P,M,4h,4w] and <c>iou_predictions</c> [P,M].
    /// </summary>
    /// <param name="config">The sizes.</param>
    /// <param name="form">Which prompts it takes and how many masks it gives.</param>
    /// <param name="withStages">True to give every stage out as well, to compare with a reference.</param>
    public static Graph Decoder(SamConfig config, SamDecoderForm form, bool withStages = false)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(form);
        var g = new GraphBuilder($"{config.Name}-decoder");
        var prompt = g.Scope("prompt_encoder");
        Action<string, Value>? tap = withStages ? g.Output : null;
        var (side, batch) = (config.Encoder.GridSize, Dim.Symbolic("P"));
        var embedding = g.Input("image_embeddings", 1, config.PromptDim, side, side);
        var positions = g.Input("image_positions", 1, side * side, config.PromptDim);
        Value? points = null;
        if (form.TakesPoints)
        {
            var coordinates = g.Input("point_coords", batch, Dim.Symbolic("N"), 2);
            points = PromptEncoder.Points(prompt, coordinates, g.Input("point_labels", batch, Dim.Symbolic("N")), config);
            tap?.Invoke("sparse", points);
        }

        var dense = form.TakesMaskHint
            ? PromptEncoder.MaskHint(prompt, g.Input("mask_input", batch, 1, 4 * side, 4 * side), config)
            : prompt.Reshape(prompt.Parameter("no_mask_embed.weight", 1, config.PromptDim), 1, config.PromptDim, 1, 1);
        tap?.Invoke("dense", dense);
        var map = g.Add(dense, embedding); // [1 or P,C,h,w]
        var tokens = g.Transpose(g.Reshape(map, map.Shape[0], config.PromptDim, side * side), 0, 2, 1); // [1 or P,h*w,C]
        var (masks, quality) = MaskDecoder.Describe(g.Scope("mask_decoder"), tokens, positions, points, config, form.Multimask, tap);
        g.Output("masks", masks);
        g.Output("iou_predictions", quality);
        return g.Build();
    }

    /// <summary>
    /// What the folded decoder needs of an image, whatever the prompt: <c>image_embeddings</c> [1,C,h,w] and <c>image_positions</c> [1,h*w,C] to tensors that
    /// <see cref="FoldedDecoder"/> takes under the same names.
    /// </summary>
    /// <param name="config">The sizes; two layers.</param>
    public static Graph ImageSide(SamConfig config)
    {
        RequireFoldable(config);
        var g = new GraphBuilder($"{config.Name}-image-side");
        var (side, cells) = (config.Encoder.GridSize, config.Encoder.GridSize * config.Encoder.GridSize);
        var embedding = g.Input("image_embeddings", 1, config.PromptDim, side, side);
        var positions = g.Input("image_positions", 1, cells, config.PromptDim);
        var prompt = g.Scope("prompt_encoder");
        var map = g.Add(embedding, prompt.Reshape(prompt.Parameter("no_mask_embed.weight", 1, config.PromptDim), 1, config.PromptDim, 1, 1));
        var tensors = FoldedImageSide.Describe(g.Scope("mask_decoder"), g.Reshape(map, 1, config.PromptDim, cells), g.Transpose(positions, 0, 2, 1), config);
        foreach (var (name, value) in tensors)
        {
            g.Output(name, value);
        }

        return g.Build();
    }

    /// <summary>
    /// Prompt encoder and mask decoder for many clicks or boxes on one image, the same function with a quarter of the multiply-adds: the tensors of
    /// <see cref="ImageSide"/>, <c>point_coords</c> [P,2,2] and <c>point_labels</c> [P,2]; to <c>masks</c> [P,M,4h,4w] and <c>iou_predictions</c> [P,M].
    /// </summary>
    /// <param name="config">The sizes; two layers.</param>
    /// <param name="multimask">True for the masks of an ambiguous prompt, false for the one of a clear prompt.</param>
    public static Graph FoldedDecoder(SamConfig config, bool multimask)
    {
        var (g, image, draft, quality) = Draft(config, multimask, "folded-decoder");
        g.Output("masks", MaskDecoder.MasksOf(g.Scope("mask_decoder"), draft, image["upscaled"], config));
        g.Output("iou_predictions", quality);
        return g.Build();
    }

    /// <summary>The first half of <see cref="FoldedDecoder"/>, which knows the quality: to <c>iou_predictions</c> [P,M] and the tensors that <see cref="FoldedMasks"/> takes.</summary>
    /// <param name="config">The sizes; two layers.</param>
    /// <param name="multimask">True for the masks of an ambiguous prompt, false for the one of a clear prompt.</param>
    public static Graph FoldedDraft(SamConfig config, bool multimask)
    {
        var (g, _, draft, quality) = Draft(config, multimask, "folded-draft");
        g.Output("iou_predictions", quality);
        foreach (var (name, value) in Folded.FoldedDraft.Names.Zip(draft.Tensors))
        {
            g.Output(name, value);
        }

        return g.Build();
    }

    /// <summary>The second half of <see cref="FoldedDecoder"/>, for the prompts that are worth it: what <see cref="FoldedDraft"/> gave of them, and <c>upscaled</c>, to <c>masks</c>.</summary>
    /// <param name="config">The sizes; two layers.</param>
    /// <param name="multimask">True for the masks of an ambiguous prompt, false for the one of a clear prompt.</param>
    public static Graph FoldedMasks(SamConfig config, bool multimask)
    {
        var g = new GraphBuilder($"{config.Name}-folded-masks");
        var upscaled = g.Input("upscaled", 1, config.PromptDim, config.Encoder.GridSize * config.Encoder.GridSize);
        var draft = Folded.FoldedDraft.Input(g, FoldedDraft(config, multimask));
        g.Output("masks", MaskDecoder.MasksOf(g.Scope("mask_decoder"), draft, upscaled, config));
        return g.Build();
    }

    /// <summary>Every parameter of the network, encoder first, under its original name.</summary>
    /// <param name="config">The sizes.</param>
    public static IReadOnlyList<Parameter> Parameters(SamConfig config) =>
    [
        .. new[]
        {
            Encoder(config),
            Decoder(config, new SamDecoderForm(TakesPoints: true, TakesMaskHint: true, Multimask: true)),
            Decoder(config, new SamDecoderForm(TakesPoints: true, TakesMaskHint: false, Multimask: false)),
        }.SelectMany(graph => graph.Parameters).DistinctBy(parameter => parameter.Name),
    ];

    private static (GraphBuilder Builder, IReadOnlyDictionary<string, Value> Image, FoldedDraft Draft, Value Quality) Draft(SamConfig config, bool multimask, string name)
    {
        RequireFoldable(config);
        var g = new GraphBuilder($"{config.Name}-{name}");
        var image = ImageSide(config).Outputs.ToDictionary(output => output.Key, output => (Value)g.Input(output.Key, [.. output.Value.Shape]));
        var batch = Dim.Symbolic("P");
        var coordinates = g.Input("point_coords", batch, Folded.FoldedDecoder.Points, 2);
        var points = PromptEncoder.Points(g.Scope("prompt_encoder"), coordinates, g.Input("point_labels", batch, Folded.FoldedDecoder.Points), config);
        var (draft, quality) = MaskDecoder.Draft(g.Scope("mask_decoder"), image, points, config, multimask);
        return (g, image, draft, quality);
    }

    private static void RequireFoldable(SamConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        if (config.DecoderDepth != 2)
        {
            throw new ArgumentException($"The decoder has {config.DecoderDepth} layers; only two can be folded.", nameof(config));
        }
    }
}

/// <summary>Which prompts a decoder takes and how many masks it gives; each form is a graph of its own, without unused parts.</summary>
/// <param name="TakesPoints">Whether there are points or boxes.</param>
/// <param name="TakesMaskHint">Whether there is an earlier mask.</param>
/// <param name="Multimask">Whether it gives the masks of an ambiguous prompt rather than the one of a clear prompt.</param>
public sealed record SamDecoderForm(bool TakesPoints, bool TakesMaskHint, bool Multimask);
