using Maskwright.Graphs;
using Maskwright.Networks.Sam.Folded;

namespace Maskwright.Networks.Sam;

/// <summary>SAM's mask decoder: from image tokens and prompt tokens to mask logits and their predicted quality.</summary>
/// <remarks>segment-anything <c>modeling/mask_decoder.py</c> at dca509f. Masks that are not asked for are not computed.</remarks>
internal static class MaskDecoder
{
    /// <summary>Describes the decoder.</summary>
    /// <param name="g">In the scope <c>mask_decoder</c>.</param>
    /// <param name="image">[1 or P,h*w,C] image tokens.</param>
    /// <param name="imagePosition">[1,h*w,C] position encoding.</param>
    /// <param name="prompts">[P,N,C] sparse prompts; null for none.</param>
    /// <param name="config">The sizes.</param>
    /// <param name="multimask">True for the masks of an ambiguous prompt, false for the one of a clear prompt.</param>
    /// <param name="tap">Told every stage by name; null means nobody listens.</param>
    /// <returns>Logits [P,M,4h,4w] and quality [P,M].</returns>
    public static (Value Masks, Value Quality) Describe(GraphBuilder g, Value image, Value imagePosition, Value? prompts, SamConfig config, bool multimask, Action<string, Value>? tap)
    {
        var own = OwnTokens(g, prompts ?? image, config);
        var tokens = prompts is null ? own : g.Concat(1, own, prompts);
        var (attended, keys) = TwoWayTransformer.Describe(g.Scope("transformer"), image, imagePosition, tokens, config, tap);
        tap?.Invoke("tokens_out", attended);
        tap?.Invoke("keys_out", keys);
        var upscaled = Upscale(g.Scope("output_upscaling"), keys, config);
        tap?.Invoke("upscaled_embedding", upscaled);

        var filters = Filters(g, attended, config, multimask, tap);
        var masks = g.MatMul(filters, g.Reshape(upscaled, upscaled.Shape[0], upscaled.Shape[1], upscaled.Shape[2].Size!.Value * upscaled.Shape[3].Size!.Value)); // the grid is of known size
        return (g.Reshape(masks, masks.Shape[0], filters.Shape[1], upscaled.Shape[2], upscaled.Shape[3]), Quality(g, attended, config, multimask));
    }

    /// <summary>
    /// Describes the decoder but for the up-scaler, for prompts of two points, one of which may be padding, from what is known of the image whatever the prompt.
    /// </summary>
    /// <param name="g">In the scope <c>mask_decoder</c>.</param>
    /// <param name="image">The tensors of <see cref="FoldedImageSide"/>.</param>
    /// <param name="prompts">[P,2,C] sparse prompts.</param>
    /// <param name="config">The sizes.</param>
    /// <param name="multimask">True for the masks of an ambiguous prompt, false for the one of a clear prompt.</param>
    /// <returns>What the masks can be computed from, and quality [P,M].</returns>
    public static (FoldedDraft Draft, Value Quality) Draft(GraphBuilder g, IReadOnlyDictionary<string, Value> image, Value prompts, SamConfig config, bool multimask)
    {
        var tokens = g.Concat(1, OwnTokens(g, prompts, config), prompts);
        var (attended, cells) = new FoldedDecoder(g, image, config, config.MultimaskOutputs + 2 + FoldedDecoder.Points).Describe(tokens);
        var rows = g.MatMul(FoldedUpscaling.FirstWeight(g.Scope("output_upscaling"), config), g.Transpose(cells.Rows, 0, 2, 1)); // [P,C,R]
        var filters = Filters(g, attended, config, multimask, tap: null);
        return (new FoldedDraft(filters, cells.Shares, rows, cells.Image!, cells.Divisor), Quality(g, attended, config, multimask)); // after two updates the image's part has a factor
    }

    /// <summary>Describes the up-scaler.</summary>
    /// <param name="g">In the scope <c>mask_decoder</c>.</param>
    /// <param name="draft">What <see cref="Draft"/> gave.</param>
    /// <param name="upscaled">The image's part of the up-scaler's first layer, [1,C,N].</param>
    /// <param name="config">The sizes.</param>
    /// <returns>Logits [P,M,4h,4w].</returns>
    public static Value MasksOf(GraphBuilder g, FoldedDraft draft, Value upscaled, SamConfig config)
    {
        var (first, second, upscaling) = (g.Scope("transformer.layers.0"), g.Scope("transformer.layers.1"), g.Scope("output_upscaling"));
        var weight = FoldedUpscaling.FirstWeight(upscaling, config);
        var constant = g.MatMul(weight, g.Transpose(FoldedNorm.ScaledConstant(first, second, config), 0, 2, 1)); // [1,C,1]
        var bias = g.Add(g.MatMul(weight, g.Transpose(FoldedNorm.BiasRow(second, config), 0, 2, 1)), FoldedUpscaling.FirstBias(upscaling, config));
        return FoldedUpscaling.Masks(upscaling, draft, upscaled, constant, bias, config);
    }

    // [P,1+M,C]: the token of quality, and one for every mask.
    private static Value OwnTokens(GraphBuilder g, Value like, SamConfig config)
    {
        Dim channels = config.PromptDim;
        var own = g.Concat(0, g.Parameter("iou_token.weight", 1, channels), g.Parameter("mask_tokens.weight", config.MultimaskOutputs + 1, channels));
        return g.RepeatLike(g.Reshape(own, 1, config.MultimaskOutputs + 2, channels), g.Slice(like, axis: 1, start: 0, length: 1));
    }

    private static (int First, int Count) Range(SamConfig config, bool multimask) => multimask ? (1, config.MultimaskOutputs) : (0, 1);

    private static Value Filters(GraphBuilder g, Value attended, SamConfig config, bool multimask, Action<string, Value>? tap)
    {
        var (first, count) = Range(config, multimask);
        return g.Concat(1, [.. Enumerable.Range(first, count).Select(i => Filter(g, attended, i, config, tap))]); // [P,M,C/8]
    }

    private static Value Quality(GraphBuilder g, Value attended, SamConfig config, bool multimask)
    {
        var (first, count) = Range(config, multimask);
        var all = Mlp(g.Scope("iou_prediction_head"), Token(g, attended, 0), config.QualityHeadDepth, config.QualityHeadWidth, config.MultimaskOutputs + 1);
        return g.Slice(all, axis: 1, first, count);
    }

    private static Value Upscale(GraphBuilder g, Value keys, SamConfig config)
    {
        var side = config.Encoder.GridSize;
        var x = g.Reshape(g.Transpose(keys, 0, 2, 1), keys.Shape[0], config.PromptDim, side, side); // [P,h*w,C] -> [P,C,h,w]
        x = g.Gelu(g.LayerNorm2d(g.ConvTranspose2d(x, "0", config.PromptDim / 4, kernel: 2, stride: 2), "1"));
        return g.Gelu(g.ConvTranspose2d(x, "3", config.PromptDim / 8, kernel: 2, stride: 2)); // [P,C/8,4h,4w]
    }

    private static Value Filter(GraphBuilder g, Value attended, int mask, SamConfig config, Action<string, Value>? tap)
    {
        var filter = Mlp(g.Scope($"output_hypernetworks_mlps.{mask}"), Token(g, attended, mask + 1), depth: 3, config.PromptDim, config.PromptDim / 8);
        tap?.Invoke($"hyper{mask}", filter);
        return g.Reshape(filter, filter.Shape[0], 1, filter.Shape[1]); // [P,1,C/8]
    }

    private static Value Token(GraphBuilder g, Value attended, int index) =>
        g.Reshape(g.Slice(attended, axis: 1, index, 1), attended.Shape[0], attended.Shape[2]); // [P,T,C] -> [P,C]

    private static Value Mlp(GraphBuilder g, Value x, int depth, int hidden, int output)
    {
        for (var i = 0; i < depth; i++)
        {
            x = g.Linear(x, $"layers.{i}", i == depth - 1 ? output : hidden);
            x = i == depth - 1 ? x : g.Relu(x);
        }

        return x;
    }
}
