using Maskwright.Graphs;
using Maskwright.Graphs.Operations;

namespace Maskwright.Networks.Sam.Folded;

/// <summary>SAM's up-scaler with its transposed convolutions, whose windows never overlap, as matrix products: each cell becomes 2 x 2, and these 2 x 2 again.</summary>
internal static class FoldedUpscaling
{
    private const int Positions = 4; // of a window of 2 x 2
    private const double Epsilon = 1e-6; // LayerNorm2d's

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

    /// <summary>From a draft to mask logits, as one operation.</summary>
    /// <param name="g">In the scope <c>output_upscaling</c>.</param>
    /// <param name="draft">What is known of the prompts.</param>
    /// <param name="upscaled">The image's part of the first layer, [1,C,N].</param>
    /// <param name="constant">What is added before the division, [1,C,1].</param>
    /// <param name="bias">What is added after it, [1,C,1].</param>
    /// <param name="config">The sizes.</param>
    /// <returns>[P,M,4h,4w].</returns>
    public static Value Masks(GraphBuilder g, FoldedDraft draft, Value upscaled, Value constant, Value bias, SamConfig config)
    {
        var (narrow, last) = (config.PromptDim / 4, config.PromptDim / 8);
        var second = g.Reshape(g.Transpose(g.Parameter("3.weight", narrow, last, 2, 2), 2, 3, 1, 0), Positions * last, narrow); // [C/4,C/8,2,2] -> [4*C/8,C/4]
        Value[] operands =
        [
            draft.Shares, draft.Rows, draft.Image, draft.Divisor, upscaled, constant, bias,
            g.Parameter("1.weight", narrow), g.Parameter("1.bias", narrow), second, g.Parameter("3.bias", last), draft.Filters,
        ];
        var body = new GraphBuilder("upscaling");
        body.Output("masks", Masks(body, [.. operands.Select((operand, i) => body.Input($"operand{i}", [.. operand.Shape]))], config.Encoder.GridSize));
        return g.Apply("masks", new UpscaledMaskLogits(body.Build(), config.Encoder.GridSize, Epsilon), operands);
    }

    // The definition, by operations that every engine has; the operands as above.
    private static Value Masks(GraphBuilder g, Value[] x, int side)
    {
        var (shares, rows, image, divisor, upscaled, constant, bias) = (x[0], x[1], x[2], x[3], x[4], x[5], x[6]);
        var (normWeight, normBias, second, secondBias, filters) = (x[7], x[8], x[9], x[10], x[11]);
        var (prompts, masks, narrow, last, cells) = (shares.Shape[0], filters.Shape[1], normWeight.Shape[0], secondBias.Shape[0], shares.Shape[2]);
        var sum = g.Add(g.Add(g.Multiply(upscaled, image), g.MatMul(rows, shares)), constant);
        var y = g.Reshape(g.Add(g.Multiply(sum, divisor), bias), prompts, Positions, narrow, cells);
        var variance = g.Mean(g.Multiply(y, y), [2]);
        y = g.Divide(y, g.Sqrt(g.Add(variance, Epsilon)));
        y = g.Gelu(g.Add(g.Multiply(y, g.Reshape(normWeight, 1, 1, narrow, 1)), g.Reshape(normBias, 1, 1, narrow, 1)));

        y = g.MatMul(g.Reshape(second, 1, 1, second.Shape[0], narrow), y);
        y = g.Gelu(g.Add(y, g.Reshape(g.Concat(0, secondBias, secondBias, secondBias, secondBias), 1, 1, second.Shape[0], 1))); // [P,4,4*C/8,N]

        var found = g.MatMul(g.Reshape(filters, prompts, 1, masks, last), g.Reshape(y, prompts, Positions * Positions, last, cells)); // [P,16,M,N]
        found = g.Reshape(found, prompts, 2, 2, 2, 2, masks, side, side);
        return g.Reshape(g.Transpose(found, 0, 5, 6, 1, 3, 7, 2, 4), prompts, masks, 4 * side, 4 * side);
    }
}
