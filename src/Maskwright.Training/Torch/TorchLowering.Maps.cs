using Maskwright.Graphs.Operations;

namespace Maskwright.Training.Torch;

/// <content>Pooling, resizing and borders of maps.</content>
internal sealed partial class TorchLowering
{
    private static TorchTensor[] PoolWithIndices(PoolWindow window, TorchTensor x)
    {
        var (maxima, places) = torch.nn.functional.max_pool2d_with_indices(
            x, Twice(window.Kernel), Twice(window.Stride), Twice(window.Padding), Twice(window.Dilation), window.CeilMode);
        return [maxima, places];
    }

    // Torch counts a maximum's place within its channel: one scatter into flat rows of zeros.
    private TorchTensor Unpool(MaxUnpool2d op, TorchTensor[] x)
    {
        var (height, width) = (SizeOf(op.Height), SizeOf(op.Width));
        var zeros = torch.zeros([x[0].shape[0], x[0].shape[1], height * width], x[0].dtype, x[0].device);
        return zeros.scatter(2, x[1].flatten(2), x[0].flatten(2)).unflatten(2, height, width);
    }

    private TorchTensor Resize(Resize2d op, TorchTensor x)
    {
        long[] size = [SizeOf(op.Height), SizeOf(op.Width)];
        return op.Mode == Interpolation.Nearest
            ? torch.nn.functional.interpolate(x, size, mode: torch.InterpolationMode.Nearest)
            : torch.nn.functional.interpolate(x, size, mode: torch.InterpolationMode.Bilinear, align_corners: op.AlignCorners);
    }

    private TorchTensor Pad(Pad2d op, TorchTensor x)
    {
        long[] border = [SizeOf(op.Left), SizeOf(op.Right), SizeOf(op.Top), SizeOf(op.Bottom)];
        return torch.nn.functional.pad(x, border, op.Mode switch
        {
            PadMode.Reflect => PaddingModes.Reflect,
            PadMode.Replicate => PaddingModes.Replicate,
            _ => PaddingModes.Constant,
        });
    }
}
