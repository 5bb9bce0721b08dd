namespace Maskwright.Graphs.Operations;

/// <summary>The windows of a 2-D pooling.</summary>
/// <param name="Kernel">Side of the window in pixels.</param>
/// <param name="Stride">Step in pixels.</param>
/// <param name="Padding">Pixels added on every side, at most half the window; they never win a maximum.</param>
/// <param name="Dilation">Distance between the taps.</param>
/// <param name="CeilMode">Whether a last window may overhang; needs windows that reach over the step and the padding.</param>
public sealed record PoolWindow(int Kernel, int Stride, int Padding = 0, int Dilation = 1, bool CeilMode = false)
{
    internal TensorShape Slide(TensorShape x)
    {
        var window = ((long)Dilation * (Kernel - 1)) + 1;
        if (x.Count != 4 || Padding > Kernel / 2 || (CeilMode && Padding + Stride > window) || x.Skip(2).Any(d => d.Size + (2 * Padding) < window))
        {
            throw new ShapeException($"a pooling of [B, C, H, W] with {this} does not fit {x}");
        }

        Dim Count(int axis) => SlidingWindow.Count(x[axis], window, Stride, Padding, CeilMode);
        return x.With(2, Count(2)).With(3, Count(3));
    }
}

/// <summary>The greatest number under every window: [B,C,H,W] to [B,C,H',W'].</summary>
/// <param name="Window">The windows.</param>
public sealed record MaxPool2d(PoolWindow Window) : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => Like(inputs[0], Window.Slide(inputs[0].Shape));
}

/// <summary>The greatest number under every window and where it was: [B,C,H,W] to floats [B,C,H',W'] and 64-bit integers [B,C,H',W'].</summary>
/// <param name="Window">The windows.</param>
/// <remarks>How an engine counts the places is its own affair; they serve only for <see cref="MaxUnpool2d"/> of the same network.</remarks>
public sealed record MaxPool2dWithIndices(PoolWindow Window) : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs)
    {
        var shape = Window.Slide(inputs[0].Shape);
        return [inputs[0].Type with { Shape = shape }, new TensorType(ElementType.Int64, shape)];
    }
}

/// <summary>Puts numbers back where a <see cref="MaxPool2dWithIndices"/> found its maxima, zeros elsewhere: [B,C,h,w] and places [B,C,h,w] to [B,C,H,W].</summary>
/// <param name="Height">H, the height that was pooled.</param>
/// <param name="Width">W, the width that was pooled.</param>
/// <remarks>Badrinarayanan et al. 2017 (SegNet). Where windows overlap, one of the numbers of a place is kept.</remarks>
public sealed record MaxUnpool2d(Dim Height, Dim Width) : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs)
    {
        var (x, places) = (inputs[0].Shape, inputs[1]);
        Require(x.Count == 4 && places.Shape.Equals(x) && places.Type.Element == ElementType.Int64, $"unpooling takes [B, C, h, w] and as many places, not {x} and {places.Shape} of {places.Type.Element}");
        return Like(inputs[0], x.With(2, Height).With(3, Width));
    }
}

/// <summary>The mean under every window: [B,C,H,W] to [B,C,H',W'].</summary>
/// <param name="Window">The windows, without dilation.</param>
/// <param name="CountPadding">Whether added pixels count as zeros; otherwise the mean is of the map's own pixels.</param>
public sealed record AveragePool2d(PoolWindow Window, bool CountPadding = true) : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs)
    {
        Require(Window.Dilation == 1, "an average pooling has no dilation");
        return Like(inputs[0], Window.Slide(inputs[0].Shape));
    }
}

/// <summary>Means over a grid of cells as even as whole pixels allow: [B,C,H,W] to [B,C,h,w].</summary>
/// <param name="Height">h, the rows of the grid.</param>
/// <param name="Width">w, its columns.</param>
/// <remarks>Cell i covers pixels floor(i H/h) to ceil((i+1) H/h), as PyTorch's <c>AdaptiveAvgPool2d</c>. The ONNX form needs known H and W unless the grid is 1 by 1.</remarks>
public sealed record AdaptiveAveragePool2d(int Height, int Width) : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs)
    {
        Require(inputs[0].Shape.Count == 4 && Height > 0 && Width > 0, $"an adaptive pooling takes [B, C, H, W], not {inputs[0].Shape}");
        return Like(inputs[0], inputs[0].Shape.With(2, Height).With(3, Width));
    }
}
