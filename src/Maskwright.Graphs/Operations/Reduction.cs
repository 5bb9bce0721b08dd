namespace Maskwright.Graphs.Operations;

/// <summary>What becomes of many numbers.</summary>
public enum ReduceFunction
{
    /// <summary>Their mean.</summary>
    Mean,

    /// <summary>Their sum.</summary>
    Sum,

    /// <summary>The greatest.</summary>
    Max,

    /// <summary>The least.</summary>
    Min,
}

/// <summary>All numbers along some axes made one.</summary>
/// <param name="Function">How.</param>
/// <param name="Axes">Which axes; negative counts from the last.</param>
/// <param name="KeepAxes">Whether they stay as axes of size 1.</param>
public sealed record Reduce(ReduceFunction Function, IReadOnlyList<int> Axes, bool KeepAxes = true) : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs)
    {
        var x = inputs[0].Shape;
        var axes = Axes.Select(axis => axis < 0 ? axis + x.Count : axis).ToHashSet();
        Require(axes.Count == Axes.Count && axes.Count > 0 && axes.All(axis => axis >= 0 && axis < x.Count), $"the axes ({string.Join(", ", Axes)}) are not different axes of {x}");
        return Like(inputs[0], new TensorShape(x.Select((dim, i) => axes.Contains(i) ? (KeepAxes ? Dim.FromInt64(1) : null) : dim).OfType<Dim>()));
    }
}

/// <summary>While a network learns, zeroes elements at random and scales the others by 1/(1 - rate); when it is used, nothing.</summary>
/// <param name="Rate">Share of elements that are zeroed, at least 0 and below 1.</param>
/// <param name="WholeChannels">Whether channels [B,C] are zeroed as a whole.</param>
/// <remarks>Srivastava et al. 2014; whole channels: Tompson et al. 2015, PyTorch's <c>Dropout2d</c>.</remarks>
public sealed record Dropout(double Rate, bool WholeChannels = false) : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs)
    {
        Require(Rate is >= 0 and < 1, $"a dropout zeroes a share of at least 0 and below 1, not {Rate}");
        return [inputs[0].Type];
    }
}
