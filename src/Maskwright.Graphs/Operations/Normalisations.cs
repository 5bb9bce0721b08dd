namespace Maskwright.Graphs.Operations;

/// <summary>Layer normalisation over the last axis: biased variance, then weight [C] and bias [C].</summary>
/// <param name="Epsilon">Added to the variance.</param>
public sealed record LayerNormalisation(double Epsilon) : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs)
    {
        Require(inputs[0].Shape[-1].Equals(inputs[1].Shape[0]), $"a layer normalisation with weight {inputs[1].Shape} takes [..., {inputs[1].Shape[0]}], not {inputs[0].Shape}");
        return Like(inputs[0], inputs[0].Shape);
    }
}

/// <summary>Layer normalisation over the channels of every pixel: [B,C,H,W], biased variance, then weight [C] and bias [C].</summary>
/// <param name="Epsilon">Added to the variance.</param>
/// <remarks>SAM's <c>LayerNorm2d</c>.</remarks>
public sealed record ChannelNormalisation(double Epsilon) : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs)
    {
        var x = inputs[0].Shape;
        Require(x.Count == 4 && x[1].Equals(inputs[1].Shape[0]), $"a channel normalisation with weight {inputs[1].Shape} takes [B, {inputs[1].Shape[0]}, H, W], not {x}");
        return Like(inputs[0], x);
    }
}

/// <summary>Batch normalisation of [B,C,H,W] with weight, bias, running mean and running variance, each [C].</summary>
/// <param name="Epsilon">Added to the variance.</param>
public sealed record BatchNormalisation(double Epsilon) : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs)
    {
        var x = inputs[0].Shape;
        Require(x.Count >= 2 && x[1].Equals(inputs[1].Shape[0]), $"a batch normalisation with weight {inputs[1].Shape} takes [B, {inputs[1].Shape[0]}, ...], not {x}");
        return Like(inputs[0], x);
    }
}
