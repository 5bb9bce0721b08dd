using Maskwright.Graphs;

namespace Maskwright.Networks.Sam;

/// <summary>SAM's two-way transformer: tokens attend to the image and the image attends to the tokens.</summary>
/// <remarks>
/// segment-anything <c>modeling/transformer.py</c> at dca509f. The image side may have a batch of 1 until the first update that depends on the prompt;
/// its projections are then computed once for all prompts, with the same result.
/// </remarks>
internal static class TwoWayTransformer
{
    /// <summary>Describes the transformer.</summary>
    /// <param name="g">In the scope <c>mask_decoder.transformer</c>.</param>
    /// <param name="image">[1 or P,h*w,C] image tokens.</param>
    /// <param name="imagePosition">[1,h*w,C] position encoding.</param>
    /// <param name="tokens">[P,T,C] prompt tokens; they are their own position encoding.</param>
    /// <param name="config">The sizes.</param>
    /// <param name="tap">Told every stage by name; null means nobody listens.</param>
    /// <returns>Tokens [P,T,C] and image tokens [P,h*w,C].</returns>
    public static (Value Tokens, Value Image) Describe(GraphBuilder g, Value image, Value imagePosition, Value tokens, SamConfig config, Action<string, Value>? tap)
    {
        var epsilon = config.DecoderLayerNormEpsilon;
        var (queries, keys) = (tokens, image);
        for (var i = 0; i < config.DecoderDepth; i++)
        {
            (queries, keys) = Layer(g.Scope($"layers.{i}"), queries, keys, tokens, imagePosition, config, isFirst: i == 0);
            tap?.Invoke($"layer{i}_queries", queries);
            tap?.Invoke($"layer{i}_keys", keys);
        }

        var attended = Attention(g.Scope("final_attn_token_to_image"), g.Add(queries, tokens), g.Add(keys, imagePosition), keys, config, config.AttentionDownsampleRate);
        return (g.LayerNorm(g.Add(queries, attended), "norm_final_attn", epsilon), keys);
    }

    /// <summary>The first third of a layer: tokens attend to one another.</summary>
    /// <param name="layer">In the layer's scope.</param>
    /// <param name="queries">[P,T,C].</param>
    /// <param name="position">[P,T,C]; the tokens as they came.</param>
    /// <param name="config">The sizes.</param>
    /// <param name="isFirst">The first layer has neither position nor residual here.</param>
    internal static Value AskedThemselves(GraphBuilder layer, Value queries, Value position, SamConfig config, bool isFirst)
    {
        var placed = layer.Add(queries, position);
        var own = layer.Scope("self_attn");
        queries = isFirst
            ? Attention(own, queries, queries, queries, config, downsample: 1)
            : layer.Add(queries, Attention(own, placed, placed, queries, config, downsample: 1));
        return layer.LayerNorm(queries, "norm1", config.DecoderLayerNormEpsilon);
    }

    /// <summary>The second third: tokens take in what they saw of the image, and think about it.</summary>
    /// <param name="layer">In the layer's scope.</param>
    /// <param name="queries">[P,T,C].</param>
    /// <param name="seen">[P,T,C].</param>
    /// <param name="config">The sizes.</param>
    internal static Value Heard(GraphBuilder layer, Value queries, Value seen, SamConfig config)
    {
        queries = layer.LayerNorm(layer.Add(queries, seen), "norm2", config.DecoderLayerNormEpsilon);
        return layer.LayerNorm(layer.Add(queries, Mlp(layer.Scope("mlp"), queries, config)), "norm3", config.DecoderLayerNormEpsilon);
    }

    /// <summary>What tokens see of an image whose projections are there already.</summary>
    /// <param name="attention">In the attention's scope.</param>
    /// <param name="placed">[P,T,C], tokens with their positions.</param>
    /// <param name="keys">[1 or P,N,I].</param>
    /// <param name="values">[1 or P,N,I].</param>
    /// <param name="config">The sizes.</param>
    internal static Value See(GraphBuilder attention, Value placed, Value keys, Value values, SamConfig config)
    {
        var mixed = attention.Attention(attention.Linear(placed, "q_proj", config.PromptDim / config.AttentionDownsampleRate), keys, values, config.DecoderHeads);
        return attention.Linear(mixed, "out_proj", config.PromptDim);
    }

    private static (Value Queries, Value Keys) Layer(GraphBuilder g, Value queries, Value keys, Value queryPosition, Value keyPosition, SamConfig config, bool isFirst)
    {
        queries = AskedThemselves(g, queries, queryPosition, config, isFirst);
        var placedKeys = g.Add(keys, keyPosition);
        queries = Heard(g, queries, Attention(g.Scope("cross_attn_token_to_image"), g.Add(queries, queryPosition), placedKeys, keys, config, config.AttentionDownsampleRate), config);
        var fromTokens = Attention(g.Scope("cross_attn_image_to_token"), placedKeys, g.Add(queries, queryPosition), queries, config, config.AttentionDownsampleRate);
        return (queries, g.LayerNorm(g.Add(keys, fromTokens), "norm4", config.DecoderLayerNormEpsilon));
    }

    private static Value Mlp(GraphBuilder g, Value x, SamConfig config) => g.Linear(g.Relu(g.Linear(x, "lin1", config.DecoderMlpWidth)), "lin2", config.PromptDim);

    private static Value Attention(GraphBuilder g, Value q, Value k, Value v, SamConfig config, int downsample)
    {
        var inner = config.PromptDim / downsample;
        var mixed = g.Attention(g.Linear(q, "q_proj", inner), g.Linear(k, "k_proj", inner), g.Linear(v, "v_proj", inner), config.DecoderHeads);
        return g.Linear(mixed, "out_proj", config.PromptDim);
    }
}
