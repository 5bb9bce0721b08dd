namespace Maskwright.Graphs.Operations;

/// <summary>Matrix product of the last two axes: [..,M,K] with [..,K,N] gives [..,M,N]; the axes before are repeated to fit.</summary>
public sealed record MatrixProduct : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs)
    {
        var (a, b) = (inputs[0].Shape, inputs[1].Shape);
        Require(a.Count >= 2 && b.Count >= 2 && a[-1].Equals(b[-2]), $"{a} cannot be multiplied with {b}: the inner axes are {(a.Count > 0 ? a[-1] : "none")} and {(b.Count > 1 ? b[-2] : "none")}");
        var batch = Broadcasting.Common(new TensorShape(a.Take(a.Count - 2)), new TensorShape(b.Take(b.Count - 2)));
        return Like(inputs[0], new TensorShape([.. batch, a[-2], b[-1]]));
    }

    /// <inheritdoc/>
    public override OperationCost Cost(IReadOnlyList<Value> inputs, IReadOnlyList<Value> outputs) =>
        new(0, outputs[0].Shape.ElementCount!.Value * inputs[0].Shape[-1].Size!.Value);
}

/// <summary>Multi-head attention of queries [B,Nq,C] on keys [B,Nk,C] and values [B,Nk,C]; a batch of 1 serves all.</summary>
/// <param name="Heads">Number of heads; divides C.</param>
/// <remarks>softmax(q k^T / sqrt(C/heads)) v for every head. Vaswani et al. 2017.</remarks>
public sealed record MultiHeadAttention(int Heads) : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs)
    {
        var (q, k, v) = (inputs[0].Shape, inputs[1].Shape, inputs[2].Shape);
        Require(q.Count == 3 && k.Count == 3 && k.Equals(v) && q[2].Equals(k[2]), $"attention takes queries [B, Nq, C] with keys and values [B, Nk, C], not {q}, {k}, {v}");
        Require(q[2].Size % Heads == 0, $"{q[2]} channels cannot be shared among {Heads} heads");
        var batch = Broadcasting.Common(new TensorShape(q[0]), new TensorShape(k[0]))[0];
        return Like(inputs[0], q.With(0, batch));
    }

    /// <inheritdoc/>
    public override OperationCost Cost(IReadOnlyList<Value> inputs, IReadOnlyList<Value> outputs) =>
        new(0, 2 * outputs[0].Shape.ElementCount!.Value * inputs[1].Shape[1].Size!.Value);
}

/// <summary>Self-attention over a map with decomposed relative position: fused [B,H,W,3C] gives [B,H,W,C].</summary>
/// <param name="Heads">Number of heads.</param>
/// <param name="Scale">Factor on query-key products.</param>
/// <remarks>
/// The last axis of the input is query, key, value, each head by head. Operands two and three are tables [2H-1,c] and [2W-1,c] with c = C/heads;
/// the logit of a query and a key gains q . Rh[yq - yk + H-1] + q . Rw[xq - xk + W-1], with q not scaled. Li et al. 2022 (MViTv2);
/// segment-anything <c>add_decomposed_rel_pos</c>.
/// </remarks>
public sealed record RelativePositionSelfAttention(int Heads, double Scale) : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs)
    {
        var (x, rh, rw) = (inputs[0].Shape, inputs[1].Shape, inputs[2].Shape);
        Require(x.Count == 4 && x[1].Size is not null && x[2].Size is not null && x[3].Size % (3 * Heads) == 0, $"attention with {Heads} heads takes [B, H, W, 3C] of known height and width, not {x}");
        var headWidth = x[3].Size!.Value / (3 * Heads);
        Require(rh[0].Size == (2 * x[1].Size) - 1 && rh[1].Size == headWidth, $"the row table of a map {x} is [{(2 * x[1].Size) - 1}, {headWidth}], not {rh}");
        Require(rw[0].Size == (2 * x[2].Size) - 1 && rw[1].Size == headWidth, $"the column table of a map {x} is [{(2 * x[2].Size) - 1}, {headWidth}], not {rw}");
        return Like(inputs[0], x.With(3, x[3].Factors is [_, var heads, var channels] ? Dim.Product(heads, channels) : Dim.FromInt64(headWidth * Heads)));
    }

    /// <inheritdoc/>
    public override OperationCost Cost(IReadOnlyList<Value> inputs, IReadOnlyList<Value> outputs)
    {
        var (height, width) = (outputs[0].Shape[1].Size!.Value, outputs[0].Shape[2].Size!.Value);
        var elements = outputs[0].Shape.ElementCount!.Value;
        return new(0, 2 * elements * height * width, elements * (height + width));
    }
}

/// <summary>Self-attention of short sequences with a learned bias for every pair of tokens: fused [B,N,heads*3c] and bias [heads,N,N] give [B,N,heads*c].</summary>
/// <param name="Heads">Number of heads.</param>
/// <param name="HeadWidth">c, channels of a head.</param>
/// <remarks>The last axis of the input is head by head, each query, key, value. Wu et al. 2022 (TinyViT); MobileSAM.</remarks>
public sealed record BiasedSelfAttention(int Heads, int HeadWidth) : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs)
    {
        var (x, bias) = (inputs[0].Shape, inputs[1].Shape);
        Require(x.Count == 3 && x[2].Size == 3L * Heads * HeadWidth, $"attention with {Heads} heads of {HeadWidth} takes [B, N, {3 * Heads * HeadWidth}], not {x}");
        Require(bias.Equals(new TensorShape(Heads, x[1], x[1])), $"the bias of {x} with {Heads} heads is [{Heads}, {x[1]}, {x[1]}], not {bias}");
        return Like(inputs[0], x.With(2, (long)Heads * HeadWidth));
    }

    /// <inheritdoc/>
    public override OperationCost Cost(IReadOnlyList<Value> inputs, IReadOnlyList<Value> outputs) =>
        new(0, 2 * outputs[0].Shape.ElementCount!.Value * outputs[0].Shape[1].Size!.Value);
}
