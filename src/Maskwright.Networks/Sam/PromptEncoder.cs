using Maskwright.Graphs;

namespace Maskwright.Networks.Sam;

/// <summary>SAM's prompt encoder: points and box corners become tokens, an earlier mask becomes a map.</summary>
/// <remarks>segment-anything <c>modeling/prompt_encoder.py</c> at dca509f.</remarks>
internal static class PromptEncoder
{
    /// <summary>The label of a point that only fills a place.</summary>
    public const int PaddingLabel = -1;

    /// <summary>The label of a box's top-left corner.</summary>
    public const int TopLeftLabel = 2;

    /// <summary>The label of a box's bottom-right corner.</summary>
    public const int BottomRightLabel = 3;

    private const int PointLabels = 4;

    /// <summary>Sparse prompts.</summary>
    /// <param name="g">In the scope <c>prompt_encoder</c>.</param>
    /// <param name="coordinates">[P,N,2], x and y in canvas pixels.</param>
    /// <param name="labels">[P,N]: 1 inside, 0 outside, 2 and 3 corners of a box, -1 padding.</param>
    /// <param name="config">The sizes.</param>
    /// <returns>[P,N,C].</returns>
    public static Value Points(GraphBuilder g, Value coordinates, Value labels, SamConfig config)
    {
        var channels = (Dim)config.PromptDim;
        var unit = g.Multiply(g.Add(coordinates, 0.5), 1.0 / config.Encoder.ImageSize); // to pixel centres, then to [0,1]
        var tokens = PositionEncoding(g, unit, config);
        var label = g.Reshape(labels, [.. labels.Shape, 1]); // [P,N,1]
        var isPadding = g.IsEqualTo(label, PaddingLabel);
        tokens = g.Multiply(tokens, g.Subtract(g.Number(1), isPadding));
        tokens = g.Add(tokens, g.Multiply(isPadding, g.Parameter("not_a_point_embed.weight", 1, channels)));
        for (var k = 0; k < PointLabels; k++)
        {
            tokens = g.Add(tokens, g.Multiply(g.IsEqualTo(label, k), g.Parameter($"point_embeddings.{k}.weight", 1, channels)));
        }

        return tokens;
    }

    /// <summary>Random Fourier features of positions.</summary>
    /// <param name="g">In the scope <c>prompt_encoder</c>.</param>
    /// <param name="unit">[..,2], x and y in [0,1].</param>
    /// <param name="config">The sizes.</param>
    /// <returns>[..,C], sines before cosines.</returns>
    public static Value PositionEncoding(GraphBuilder g, Value unit, SamConfig config)
    {
        var gaussian = g.Parameter("pe_layer.positional_encoding_gaussian_matrix", 2, config.PromptDim / 2);
        var angle = g.Multiply(g.MatMul(g.Add(g.Multiply(unit, 2), -1), gaussian), 2 * Math.PI);
        return g.Concat(-1, g.Sin(angle), g.Cos(angle));
    }

    /// <summary>The position encoding of every cell of the embedding, the same for all images.</summary>
    /// <param name="g">In the scope <c>prompt_encoder</c>.</param>
    /// <param name="config">The sizes.</param>
    /// <returns>[1,h*w,C].</returns>
    public static Value DensePositionEncoding(GraphBuilder g, SamConfig config)
    {
        var side = config.Encoder.GridSize;
        var centres = new float[side * side * 2];
        for (var i = 0; i < side * side; i++)
        {
            centres[2 * i] = ((i % side) + 0.5f) / side;
            centres[(2 * i) + 1] = ((i / side) + 0.5f) / side;
        }

        return PositionEncoding(g, g.Constant("cell_centres", centres, 1, side * side, 2), config);
    }

    /// <summary>An earlier mask.</summary>
    /// <param name="g">In the scope <c>prompt_encoder</c>.</param>
    /// <param name="mask">[P,1,4h,4w] logits.</param>
    /// <param name="config">The sizes.</param>
    /// <returns>[P,C,h,w].</returns>
    public static Value MaskHint(GraphBuilder g, Value mask, SamConfig config)
    {
        g = g.Scope("mask_downscaling");
        var x = g.Gelu(g.LayerNorm2d(g.Conv2d(mask, "0", config.MaskHintChannels / 4, kernel: 2, stride: 2), "1"));
        x = g.Gelu(g.LayerNorm2d(g.Conv2d(x, "3", config.MaskHintChannels, kernel: 2, stride: 2), "4"));
        return g.Conv2d(x, "6", config.PromptDim, kernel: 1);
    }
}
