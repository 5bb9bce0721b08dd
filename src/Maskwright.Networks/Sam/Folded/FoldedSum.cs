using Maskwright.Graphs;
using Maskwright.Graphs.Operations;

namespace Maskwright.Networks.Sam.Folded;

/// <summary>The image after an update, never formed: (image * <paramref name="Image"/> + Shares^T Rows + <paramref name="Constant"/>) * <paramref name="Divisor"/> + <paramref name="Bias"/>.</summary>
/// <param name="Shares">A, [P,R,N].</param>
/// <param name="Rows">M, [P,R,C], scaled by the normalisation's weight.</param>
/// <param name="Image">What the part of the image is multiplied with before the division, [P,1,N]; null for one.</param>
/// <param name="Constant">[1,1,C], scaled alike; null for nothing.</param>
/// <param name="Divisor">One over the spread of every cell, [P,1,N].</param>
/// <param name="Bias">The normalisation's bias, [1,1,C].</param>
internal sealed record FoldedSum(Value Shares, Value Rows, Value? Image, Value? Constant, Value Divisor, Value Bias)
{
    /// <summary>Products of vectors of the tokens with a projection of all cells.</summary>
    /// <param name="g">The network.</param>
    /// <param name="vectors">[P,H,T,d].</param>
    /// <param name="ofImage">The projection of the image's part, [1,H,d,N].</param>
    /// <param name="ofPositions">The projection of position and bias, [1,H,d,N].</param>
    /// <param name="attention">Whose projection it is.</param>
    /// <param name="projection">Its name.</param>
    /// <returns>[P,H,T,N].</returns>
    public Value Along(GraphBuilder g, Value vectors, Value ofImage, Value ofPositions, FoldedAttention attention, string projection)
    {
        var (prompts, heads, tokens, cells) = (vectors.Shape[0], vectors.Shape[1], vectors.Shape[2], (int)Shares.Shape[2].Size!.Value); // the grid is of known size
        var told = g.Transpose(attention.OfRows(projection, Rows), 0, 1, 3, 2); // [P,H,d,R]
        var mixed = g.Reshape(g.MatMul(vectors, told), prompts, Flat(heads, tokens), Shares.Shape[1]); // [P,HT,R]
        var factor = Image ?? g.Constant("one", [.. Enumerable.Repeat(1f, cells)], 1, 1, cells);
        var count = (int)Flat(heads, tokens).Size!.Value; // both are fixed when the graph is made
        var constant = Constant is null
            ? g.Constant("nothing", new float[count], 1, count, 1)
            : Flatten(g, g.MatMul(vectors, g.Transpose(attention.OfRows(projection, Constant), 0, 1, 3, 2))); // [P,HT,1]
        Value[] operands = [vectors, ofImage, ofPositions, mixed, Shares, factor, constant, Divisor];
        var body = new GraphBuilder("scores");
        body.Output("scores", Scores(body, [.. operands.Select((operand, i) => body.Input($"operand{i}", [.. operand.Shape]))]));
        return g.Apply("scores", new LowRankScore(body.Build()), operands);
    }

    /// <summary>What the tokens gather from a projection of all cells.</summary>
    /// <param name="g">The network.</param>
    /// <param name="attention">[P,H,T,N], summing to one over the cells.</param>
    /// <param name="ofImage">The projection of the image's part, [1,H,N,d].</param>
    /// <param name="of">Whose projection it is.</param>
    /// <param name="projection">Its name.</param>
    /// <returns>[P,H,T,d].</returns>
    public Value Gather(GraphBuilder g, Value attention, Value ofImage, FoldedAttention of, string projection)
    {
        var (prompts, heads, tokens, cells) = (attention.Shape[0], attention.Shape[1], attention.Shape[2], attention.Shape[3]);
        var weights = g.Multiply(Flatten(g, attention), Divisor); // [P,HT,N]
        var ofRows = g.Reshape(g.MatMul(weights, g.Transpose(Shares, 0, 2, 1)), prompts, heads, tokens, Shares.Shape[1]); // [P,H,T,R]
        var gathered = g.Add(
            g.MatMul(g.Reshape(Scaled(g, weights), prompts, heads, tokens, cells), ofImage),
            g.MatMul(ofRows, of.OfRows(projection, Rows)));
        if (Constant is not null)
        {
            var total = g.Reshape(g.Sum(weights, [2]), prompts, heads, tokens, 1);
            gathered = g.Add(gathered, g.Multiply(total, of.OfRows(projection, Constant)));
        }

        return g.Add(gathered, of.OfRow(projection, Bias));
    }

    // The definition, by operations that every engine has; the operands as above.
    private static Value Scores(GraphBuilder g, Value[] x)
    {
        var (vectors, ofImage, ofPositions, mixed, shares, factor, constant, divisor) = (x[0], x[1], x[2], x[3], x[4], x[5], x[6], x[7]);
        var sum = g.Add(g.Multiply(Flatten(g, g.MatMul(vectors, ofImage)), factor), g.MatMul(mixed, shares)); // [P,HT,N]
        sum = g.Add(g.Multiply(g.Add(sum, constant), divisor), Flatten(g, g.MatMul(vectors, ofPositions)));
        return g.Reshape(sum, vectors.Shape[0], vectors.Shape[1], vectors.Shape[2], shares.Shape[2]);
    }

    private Value Scaled(GraphBuilder g, Value ofImage) => Image is null ? ofImage : g.Multiply(ofImage, Image);

    private static Value Flatten(GraphBuilder g, Value byHead) => g.Reshape(byHead, byHead.Shape[0], Flat(byHead.Shape[1], byHead.Shape[2]), byHead.Shape[3]);

    private static Dim Flat(Dim heads, Dim tokens) => heads.Size!.Value * tokens.Size!.Value; // both are fixed when the graph is made
}
