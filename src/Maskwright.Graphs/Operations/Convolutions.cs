using Maskwright.Graphs.Sizes;

namespace Maskwright.Graphs.Operations;

/// <summary>2-D convolution: [B,C,H,W] with weight [O,C/groups,k,k] and optional bias [O] gives [B,O,H',W'].</summary>
/// <param name="Stride">Step in pixels, both directions.</param>
/// <param name="Padding">Zeros added on every side.</param>
/// <param name="Dilation">Distance between the taps.</param>
/// <param name="Groups">Groups of channels convolved apart.</param>
public sealed record Convolution2d(int Stride, int Padding, int Dilation, int Groups) : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs)
    {
        var (x, w) = (inputs[0].Shape, inputs[1].Shape);
        Require(x.Count == 4 && w.Count == 4, $"a convolution takes [B, C, H, W] and a weight [O, C, k, k], not {x} and {w}");
        Require(x[1].Size == w[1].Size * Groups, $"a convolution with weight {w} in {Groups} groups takes {w[1].Size * Groups} channels, not {x}");
        Dim Slide(int axis)
        {
            var window = (Dilation * (w[axis].Size!.Value - 1)) + 1; // parameters have known sizes
            Require(x[axis].Size is not { } size || size + (2 * Padding) >= window, $"the convolution's window of {window} does not fit into {x}");
            return SlidingWindow.Count(x[axis], window, Stride, Padding);
        }

        return Like(inputs[0], new TensorShape(x[0], w[0], Slide(2), Slide(3)));
    }

    /// <inheritdoc/>
    public override OperationCost Cost(IReadOnlyList<Value> inputs, IReadOnlyList<Value> outputs) =>
        new(outputs[0].Shape.ElementCount!.Value * inputs[1].Shape.ElementCount!.Value / inputs[1].Shape[0].Size!.Value);
}

/// <summary>2-D transposed convolution: [B,C,H,W] with weight [C,O/groups,k,k] and optional bias [O] gives [B,O,(H-1)*stride+k-2*padding+outputPadding,...].</summary>
/// <param name="Stride">Step in pixels of the result, both directions.</param>
/// <param name="Padding">Pixels cut off the result on every side.</param>
/// <param name="OutputPadding">Pixels added to the result right and below, fewer than the step; they decide among sizes that a convolution of this step maps to one.</param>
/// <param name="Groups">Groups of channels convolved apart.</param>
public sealed record ConvolutionTranspose2d(int Stride, int Padding, int OutputPadding = 0, int Groups = 1) : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs)
    {
        var (x, w) = (inputs[0].Shape, inputs[1].Shape);
        Require(x.Count == 4 && w.Count == 4, $"a transposed convolution takes [B, C, H, W] and a weight [C, O, k, k], not {x} and {w}");
        Require(x[1].Equals(w[0]), $"a transposed convolution with weight {w} takes {w[0]} channels, not {x}");
        Require(w[0].Size % Groups == 0 && OutputPadding < Stride, $"a transposed convolution of step {Stride} adds fewer than {Stride} pixels, not {OutputPadding}, and {w[0]} channels are shared evenly among groups, not among {Groups}");
        Dim Spread(int axis) => Dim.Of(x[axis].Expression.Times(SizeExpression.Of(Stride)).Plus(SizeExpression.Of(w[axis].Size!.Value - Stride - (2 * Padding) + OutputPadding))); // parameters have known sizes
        return Like(inputs[0], new TensorShape(x[0], Groups == 1 ? w[1] : w[1].Times(Groups), Spread(2), Spread(3)));
    }

    /// <inheritdoc/>
    public override OperationCost Cost(IReadOnlyList<Value> inputs, IReadOnlyList<Value> outputs) =>
        new(inputs[0].Shape.ElementCount!.Value * inputs[1].Shape.ElementCount!.Value / inputs[1].Shape[0].Size!.Value);
}

/// <summary>A linear layer on the last axis: [...,I] with weight [O,I] and optional bias [O] gives [...,O].</summary>
public sealed record Linear : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs)
    {
        var (x, w) = (inputs[0].Shape, inputs[1].Shape);
        Require(w.Count == 2 && x.Count >= 1 && x[-1].Equals(w[1]), $"a linear layer with weight {w} takes [..., {(w.Count == 2 ? w[1] : "?")}], not {x}");
        return Like(inputs[0], x.With(-1, w[0]));
    }

    /// <inheritdoc/>
    public override OperationCost Cost(IReadOnlyList<Value> inputs, IReadOnlyList<Value> outputs) =>
        new(outputs[0].Shape.ElementCount!.Value * inputs[1].Shape[1].Size!.Value);
}
