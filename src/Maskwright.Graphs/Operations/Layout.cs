namespace Maskwright.Graphs.Operations;

/// <summary>The same elements in the same order under other axes.</summary>
/// <param name="Target">The new axes; sizes known only at run time must follow from those of the network's inputs.</param>
public sealed record Reshape(TensorShape Target) : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs)
    {
        var (from, to) = (inputs[0].Shape, Target);
        Require(from.ElementCount is null || to.ElementCount is null || from.ElementCount == to.ElementCount, $"{from} has {from.ElementCount} elements and cannot become {to} with {to.ElementCount}");
        return Like(inputs[0], Target);
    }
}

/// <summary>The axes in another order.</summary>
/// <param name="Order">For every new axis, the old one.</param>
public sealed record Transpose(IReadOnlyList<int> Order) : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs)
    {
        var x = inputs[0].Shape;
        Require(Order.Order().SequenceEqual(Enumerable.Range(0, x.Count)), $"the order ({string.Join(", ", Order)}) does not name each axis of {x} once");
        return Like(inputs[0], new TensorShape(Order.Select(axis => x[axis])));
    }
}

/// <summary>Tensors one after the other along an axis.</summary>
/// <param name="Axis">Negative counts from the last axis.</param>
public sealed record Concatenate(int Axis) : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs)
    {
        var first = inputs[0].Shape;
        foreach (var input in inputs)
        {
            Require(input.Shape.Count == first.Count && input.Shape.With(Axis, 1).Equals(first.With(Axis, 1)), $"{input.Shape} cannot be put behind {first} along axis {Axis}");
        }

        return Like(inputs[0], first.With(Axis, inputs.Skip(1).Aggregate(first[Axis], (sum, input) => sum.Plus(input.Shape[Axis]))));
    }
}

/// <summary>A part of one axis.</summary>
/// <param name="Axis">Negative counts from the last axis.</param>
/// <param name="Start">First element.</param>
/// <param name="Length">Number of elements.</param>
public sealed record Slice(int Axis, long Start, long Length) : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs)
    {
        var axis = inputs[0].Shape[Axis];
        Require(Start >= 0 && Length > 0 && (axis.Size is not { } size || Start + Length <= size), $"elements {Start} to {Start + Length - 1} do not lie on axis {Axis} of {inputs[0].Shape}");
        return Like(inputs[0], inputs[0].Shape.With(Axis, Length));
    }
}

/// <summary>Chosen elements of one axis, in the chosen order.</summary>
/// <param name="Axis">Negative counts from the last axis.</param>
/// <param name="Indices">Which elements; may repeat.</param>
public sealed record Gather(int Axis, IReadOnlyList<long> Indices) : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs)
    {
        var axis = inputs[0].Shape[Axis];
        Require(Indices.All(i => i >= 0 && (axis.Size is not { } size || i < size)), $"axis {Axis} of {inputs[0].Shape} does not have all of the chosen elements");
        return Like(inputs[0], inputs[0].Shape.With(Axis, Indices.Count));
    }
}

/// <summary>The first operand repeated to the shape that it shares with the second.</summary>
public sealed record RepeatLike : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => Like(inputs[0], Broadcasting.Common(inputs[0].Shape, inputs[1].Shape));
}

/// <summary>Cuts a channels-last map into square windows: [B,H,W,C] to [B*n,s,s,C], zeros added right and below where it does not fill them.</summary>
/// <param name="WindowSize">s, the side of a window in cells.</param>
/// <remarks>Li et al. 2022 (ViTDet); segment-anything <c>window_partition</c>.</remarks>
public sealed record WindowPartition(int WindowSize) : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs)
    {
        var x = inputs[0].Shape;
        Require(x.Count == 4 && x[1].Size is not null && x[2].Size is not null, $"windows are cut from [B, H, W, C] of known height and width, not {x}");
        var windows = Count(x[1].Size!.Value) * Count(x[2].Size!.Value);
        return Like(inputs[0], new TensorShape(x[0].Times(windows), WindowSize, WindowSize, x[3]));
    }

    private long Count(long side) => (side + WindowSize - 1) / WindowSize;
}

/// <summary>Puts windows back into a channels-last map and cuts off what was added: [B*n,s,s,C] to [B,H,W,C].</summary>
/// <param name="Batch">B.</param>
/// <param name="Height">H.</param>
/// <param name="Width">W.</param>
public sealed record WindowUnpartition(Dim Batch, long Height, long Width) : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs)
    {
        var x = inputs[0].Shape;
        Require(x.Count == 4 && x[1].Equals(x[2]), $"windows are put back from [N, s, s, C], not {x}");
        return Like(inputs[0], new TensorShape(Batch, Height, Width, x[3]));
    }
}
