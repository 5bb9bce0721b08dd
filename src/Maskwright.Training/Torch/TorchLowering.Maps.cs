using Maskwright.Graphs;
using Maskwright.Graphs.Operations;

namespace Maskwright.Training.Torch;

/// <content>Pooling, resizing, reductions and places.</content>
internal sealed partial class TorchLowering
{
    private static TorchTensor Reduced(Graphs.Operations.Reduce op, TorchTensor x)
    {
        long[] axes = [.. op.Axes.Select(axis => (long)axis)];
        return op.Function switch
        {
            ReduceFunction.Mean => x.mean(axes, op.KeepAxes),
            ReduceFunction.Sum => x.sum(axes, op.KeepAxes),
            ReduceFunction.Max => x.amax(axes, op.KeepAxes),
            ReduceFunction.Min => x.amin(axes, op.KeepAxes),
            _ => throw new NotSupportedException($"{op.Function} has no Torch form."),
        };
    }

    private TorchTensor Resized(Resize2d op, TorchTensor x)
    {
        var size = _sizes.Resolve(new TensorShape(op.Height, op.Width));
        return op.Mode == Interpolation.Nearest
            ? torch.nn.functional.interpolate(x, size)
            : torch.nn.functional.interpolate(x, size, mode: torch.InterpolationMode.Bilinear, align_corners: op.AlignCorners);
    }

    private static TorchTensor Largest(PoolWindow w, TorchTensor x) =>
        torch.nn.functional.max_pool2d(x, [w.Kernel, w.Kernel], [w.Stride, w.Stride], [w.Padding, w.Padding], [w.Dilation, w.Dilation], w.CeilMode);

    private static TorchTensor Averaged(AveragePool2d op, TorchTensor x) => torch.nn.functional.avg_pool2d(
        x, [op.Window.Kernel, op.Window.Kernel], [op.Window.Stride, op.Window.Stride], [op.Window.Padding, op.Window.Padding], op.Window.CeilMode, op.CountPadding);
}
