using Maskwright.Graphs;

namespace Maskwright.Networks.Sam.Folded;

/// <summary>The parameters of one of the decoder's attentions between tokens and image, taken apart.</summary>
/// <param name="g">In the attention's scope.</param>
/// <param name="config">The sizes.</param>
internal sealed class FoldedAttention(GraphBuilder g, SamConfig config)
{
    private readonly int _heads = config.DecoderHeads;
    private readonly int _inner = config.PromptDim / config.AttentionDownsampleRate;

    private int Width => _inner / _heads;

    /// <summary>What divides the products of queries and keys.</summary>
    public double Scale => 1 / Math.Sqrt(Width);

    /// <summary>A projection of tokens, by head.</summary>
    /// <param name="projection">Such as <c>q_proj</c>.</param>
    /// <param name="tokens">[P,T,C].</param>
    /// <returns>[P,H,T,d].</returns>
    public Value OfTokens(string projection, Value tokens) =>
        g.Transpose(g.Reshape(g.Linear(tokens, projection, _inner), tokens.Shape[0], tokens.Shape[1], _heads, Width), 0, 2, 1, 3);

    /// <summary>A projection of cells, by head, cells last.</summary>
    /// <param name="projection">Such as <c>k_proj</c>.</param>
    /// <param name="cells">[1,C,N].</param>
    /// <param name="withBias">Whether the bias is added.</param>
    /// <returns>[1,H,d,N].</returns>
    public Value OfCells(string projection, Value cells, bool withBias)
    {
        var product = g.MatMul(Weight(projection), cells); // [1,I,N]
        var biased = withBias ? g.Add(product, g.Reshape(g.Parameter($"{projection}.bias", _inner), 1, _inner, 1)) : product;
        return g.Reshape(biased, 1, _heads, Width, cells.Shape[2]);
    }

    /// <summary>A projection without bias of rows that belong to no head, by head of the projection.</summary>
    /// <param name="projection">Such as <c>v_proj</c>.</param>
    /// <param name="rows">[P,R,C].</param>
    /// <returns>[P,H,R,d].</returns>
    public Value OfRows(string projection, Value rows) =>
        g.Transpose(g.Reshape(g.MatMul(rows, g.Transpose(Weight(projection), 1, 0)), rows.Shape[0], rows.Shape[1], _heads, Width), 0, 2, 1, 3);

    /// <summary>A projection with bias of one row, by head.</summary>
    /// <param name="projection">Such as <c>v_proj</c>.</param>
    /// <param name="row">[1,1,C].</param>
    /// <returns>[1,H,1,d].</returns>
    public Value OfRow(string projection, Value row) => OfTokens(projection, row);

    /// <summary>The output projection's weight for every head, with its mean over the channels taken away.</summary>
    /// <returns>[1,H,d,C].</returns>
    public Value CentredOutput()
    {
        var weight = g.Parameter("out_proj.weight", config.PromptDim, _inner); // [C,I]
        var centred = g.Subtract(weight, g.Mean(weight, [0]));
        return g.Reshape(g.Transpose(centred, 1, 0), 1, _heads, Width, config.PromptDim);
    }

    /// <summary>The output projection's bias.</summary>
    /// <returns>[1,C,1].</returns>
    public Value OutputBias() => g.Reshape(g.Parameter("out_proj.bias", config.PromptDim), 1, config.PromptDim, 1);

    /// <summary>The output projection of what the heads gathered.</summary>
    /// <param name="gathered">[P,H,T,d].</param>
    /// <returns>[P,T,C].</returns>
    public Value Output(Value gathered)
    {
        var merged = g.Transpose(gathered, 0, 2, 1, 3); // [P,T,H,d]
        return g.Linear(g.Reshape(merged, merged.Shape[0], merged.Shape[1], _inner), "out_proj", config.PromptDim);
    }

    private Parameter Weight(string projection) => g.Parameter($"{projection}.weight", _inner, config.PromptDim);
}
