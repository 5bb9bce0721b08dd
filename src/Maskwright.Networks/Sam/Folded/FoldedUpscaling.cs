using Maskwright.Graphs;

namespace Maskwright.Networks.Sam.Folded;

/// <summary>SAM's up-scaler with its transposed convolutions, whose windows never overlap, as matrix products: each cell becomes 2 x 2, and these 2 x 2 again.</summary>
internal static class FoldedUpscaling
{
    private const int Positions = 4; // of a window of 2 x 2

    /// <summary>The first layer's weight without its means over the new channels, which the normalisation takes away anyhow.</summary>
    /// <param name="g">In the scope <c>output_upscaling</c>.</param>
    /// <param name="config">The sizes.</param>
    /// <returns>[4*C/4,C], one block of rows a position.</returns>
    public static Value FirstWeight(GraphBuilder g, SamConfig config)
    {
        var (wide, narrow) = (config.PromptDim, config.PromptDim / 4);
        var rows = g.Reshape(g.Transpose(g.Parameter("0.weight", wide, narrow, 2, 2), 2, 3, 1, 0), Positions, narrow, wide); // [C,C/4,2,2] -> [4,C/4,C]
        return g.Reshape(g.Subtract(rows, g.Mean(rows, [1])), Positions * narrow, wide);
    }

    /// <summary>The first layer's bias, without its mean, once a position: [1,4*C/4,1].</summary>
    public static Value FirstBias(GraphBuilder g, SamConfig config)
    {
        var bias = g.Parameter("0.bias", config.PromptDim / 4);
        var centred = g.Subtract(bias, g.Mean(bias, [0]));
        return g.Reshape(g.Concat(0, centred, centred, centred, centred), 1, config.PromptDim, 1);
    }

    /// <summary>From what the first layer gives to mask logits.</summary>
    /// <param name="g">In the scope <c>output_upscaling</c>.</param>
    /// <param name="first">[P,4*C/4,N], the first layer's result without its means.</param>
    /// <param name="filters">[P,M,C/8], what each mask looks for.</param>
    /// <param name="config">The sizes.</param>
    /// <returns>[P,M,4h,4w].</returns>
    public static Value Masks(GraphBuilder g, Value first, Value filters, SamConfig config)
    {
        var (narrow, last, side) = (config.PromptDim / 4, config.PromptDim / 8, config.Encoder.GridSize);
        var (prompts, cells, masks) = (first.Shape[0], first.Shape[2], filters.Shape[1]);
        var x = g.Reshape(first, prompts, Positions, narrow, cells);
        var variance = g.Mean(g.Multiply(x, x), [2]);
        x = g.Divide(x, g.Sqrt(g.Add(variance, 1e-6)));
        x = g.Gelu(g.Add(g.Multiply(x, Channels(g, "1.weight", narrow)), Channels(g, "1.bias", narrow)));

        var rows = g.Reshape(g.Transpose(g.Parameter("3.weight", narrow, last, 2, 2), 2, 3, 1, 0), 1, 1, Positions * last, narrow); // [C/4,C/8,2,2] -> [4*C/8,C/4]
        var bias = g.Parameter("3.bias", last);
        x = g.Gelu(g.Add(g.MatMul(rows, x), g.Reshape(g.Concat(0, bias, bias, bias, bias), 1, 1, Positions * last, 1))); // [P,4,4*C/8,N]

        var found = g.MatMul(g.Reshape(filters, prompts, 1, masks, last), g.Reshape(x, prompts, Positions * Positions, last, cells)); // [P,16,M,N]
        found = g.Reshape(found, prompts, 2, 2, 2, 2, masks, side, side);
        return g.Reshape(g.Transpose(found, 0, 5, 6, 1, 3, 7, 2, 4), prompts, masks, 4 * side, 4 * side);
    }

    private static Value Channels(GraphBuilder g, string name, int count) => g.Reshape(g.Parameter(name, count), 1, 1, count, 1);
}
