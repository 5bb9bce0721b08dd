using Maskwright.Graphs;

namespace Maskwright.Networks.Sam.Folded;

/// <summary>The two normalisations of the image side, taken apart. A scope is that of a layer; <c>norm4</c> follows its update.</summary>
internal static class FoldedNorm
{
    /// <summary>The weight of a layer's normalisation, [1,C,1].</summary>
    public static Value Weight(GraphBuilder layer, SamConfig config) => Column(layer, "norm4.weight", config);

    /// <summary>The bias of a layer's normalisation, [1,C,1].</summary>
    public static Value Bias(GraphBuilder layer, SamConfig config) => Column(layer, "norm4.bias", config);

    /// <summary>What the second update adds for every cell and prompt alike, without its mean over the channels: [1,C,1].</summary>
    public static Value Constant(GraphBuilder first, GraphBuilder second, SamConfig config)
    {
        var sum = second.Add(Bias(first, config), new FoldedAttention(second.Scope("cross_attn_image_to_token"), config).OutputBias());
        return second.Subtract(sum, second.Mean(sum, [1]));
    }

    /// <summary>That constant as a row, scaled by the second normalisation's weight: [1,1,C].</summary>
    public static Value ScaledConstant(GraphBuilder first, GraphBuilder second, SamConfig config) =>
        second.Multiply(second.Reshape(Constant(first, second, config), 1, 1, config.PromptDim), second.Parameter("norm4.weight", config.PromptDim));

    /// <summary>The bias of a layer's normalisation as a row, [1,1,C].</summary>
    public static Value BiasRow(GraphBuilder layer, SamConfig config) => layer.Reshape(layer.Parameter("norm4.bias", config.PromptDim), 1, 1, config.PromptDim);

    /// <summary>Rows that the first update adds, as they stand after the first normalisation but for its division, without their means.</summary>
    /// <param name="first">The first layer.</param>
    /// <param name="rows">[..,C], without their means.</param>
    /// <param name="config">The sizes.</param>
    public static Value ThroughFirst(GraphBuilder first, Value rows, SamConfig config)
    {
        var scaled = first.Multiply(rows, first.Parameter("norm4.weight", config.PromptDim));
        return first.Subtract(scaled, first.Mean(scaled, [rows.Shape.Count - 1]));
    }

    private static Value Column(GraphBuilder layer, string name, SamConfig config) => layer.Reshape(layer.Parameter(name, config.PromptDim), 1, config.PromptDim, 1);
}
