using Maskwright.Graphs;

namespace Maskwright.Networks.Sam.Folded;

/// <summary>What the folded decoder needs of an image, whatever the prompt; computed once an image.</summary>
/// <remarks><see cref="FoldedDecoder"/> says what the letters stand for.</remarks>
internal static class FoldedImageSide
{
    /// <summary>Describes it.</summary>
    /// <param name="g">In the scope <c>mask_decoder</c>.</param>
    /// <param name="image">x, [1,C,N]: the embedding with the encoding of "no mask".</param>
    /// <param name="positions">e, [1,C,N].</param>
    /// <param name="config">The sizes.</param>
    /// <returns>Tensors by the names under which the decoder takes them.</returns>
    public static IReadOnlyDictionary<string, Value> Describe(GraphBuilder g, Value image, Value positions, SamConfig config)
    {
        var (first, second) = (g.Scope("transformer.layers.0"), g.Scope("transformer.layers.1"));
        var side = new Dictionary<string, Value>();
        FirstLook(side, first, image, positions, config);
        var updated = AfterFirst(side, first, second, image, positions, config);
        AfterSecond(side, g, second, updated, positions, config);
        return side;
    }

    private static void FirstLook(Dictionary<string, Value> side, GraphBuilder layer, Value x, Value e, SamConfig config)
    {
        var inner = config.PromptDim / config.AttentionDownsampleRate;
        var attention = layer.Scope("cross_attn_token_to_image");
        side["first.keys"] = attention.Linear(CellsFirst(layer, layer.Add(x, e)), "k_proj", inner); // [1,N,I], as the plain attention takes them
        side["first.values"] = attention.Linear(CellsFirst(layer, x), "v_proj", inner);
        side["first.queries"] = Attention(layer, "cross_attn_image_to_token", config).OfCells("q_proj", layer.Add(x, e), withBias: true);
    }

    // u = x + bias; returns the scaled u.
    private static Value AfterFirst(Dictionary<string, Value> side, GraphBuilder layer, GraphBuilder next, Value x, Value e, SamConfig config)
    {
        var update = Attention(layer, "cross_attn_image_to_token", config);
        var u = Centre(layer, layer.Add(x, update.OutputBias()));
        side["first.square"] = MeanSquare(layer, u);
        side["first.update"] = AlongUpdate(layer, update.CentredOutput(), u, config);
        var (scaled, placed) = (layer.Multiply(u, FoldedNorm.Weight(layer, config)), layer.Add(e, FoldedNorm.Bias(layer, config)));
        Look(side, "second", Attention(next, "cross_attn_token_to_image", config), next, scaled, placed);
        var asked = Attention(next, "cross_attn_image_to_token", config);
        side["second.queries"] = asked.OfCells("q_proj", scaled, withBias: false);
        side["second.query_positions"] = asked.OfCells("q_proj", placed, withBias: true);
        return scaled;
    }

    // w = the scaled u without its mean: what the second update adds to, but for the prompt's part and the division.
    private static void AfterSecond(Dictionary<string, Value> side, GraphBuilder g, GraphBuilder layer, Value scaled, Value e, SamConfig config)
    {
        var first = g.Scope("transformer.layers.0");
        var w = Centre(g, scaled);
        side["second.square"] = MeanSquare(g, w);
        side["second.constant"] = g.Mean(g.Multiply(w, FoldedNorm.Constant(first, layer, config)), [1]); // [1,1,N]
        var update = FoldedNorm.ThroughFirst(first, Attention(first, "cross_attn_image_to_token", config).CentredOutput(), config);
        side["second.updates"] = AlongUpdate(g, g.Concat(1, update, Attention(layer, "cross_attn_image_to_token", config).CentredOutput()), w, config); // [1,2H,d,N], the first's before the second's
        var (again, placed) = (g.Multiply(w, FoldedNorm.Weight(layer, config)), g.Add(e, FoldedNorm.Bias(layer, config)));
        Look(side, "last", Attention(g, "transformer.final_attn_token_to_image", config), g, again, placed);
        side["upscaled"] = g.MatMul(FoldedUpscaling.FirstWeight(g.Scope("output_upscaling"), config), again); // [1,C,N]
    }

    private static void Look(Dictionary<string, Value> side, string name, FoldedAttention attention, GraphBuilder g, Value scaled, Value placed)
    {
        side[$"{name}.keys"] = attention.OfCells("k_proj", scaled, withBias: false);
        side[$"{name}.key_positions"] = attention.OfCells("k_proj", placed, withBias: true);
        side[$"{name}.values"] = g.Transpose(attention.OfCells("v_proj", scaled, withBias: false), 0, 1, 3, 2); // [1,H,N,d]
    }

    // How far every cell points along every column of an update: [1,H,d,C] with [1,C,N] gives [1,H,d,N].
    private static Value AlongUpdate(GraphBuilder g, Value update, Value cells, SamConfig config) =>
        g.MatMul(update, g.Reshape(cells, 1, 1, config.PromptDim, cells.Shape[2]));

    private static FoldedAttention Attention(GraphBuilder g, string name, SamConfig config) => new(g.Scope(name), config);

    private static Value Centre(GraphBuilder g, Value x) => g.Subtract(x, g.Mean(x, [1]));

    private static Value MeanSquare(GraphBuilder g, Value x) => g.Mean(g.Multiply(x, x), [1]);

    private static Value CellsFirst(GraphBuilder g, Value x) => g.Transpose(x, 0, 2, 1);
}
