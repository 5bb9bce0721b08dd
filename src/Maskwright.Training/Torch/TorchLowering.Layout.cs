using Maskwright.Graphs.Operations;

namespace Maskwright.Training.Torch;

/// <content>Layout.</content>
internal sealed partial class TorchLowering
{
    private static TorchTensor RepeatToFit(TorchTensor[] x) => torch.broadcast_tensors(x)[0];

    private static TorchTensor PartitionWindows(WindowPartition op, TorchTensor x)
    {
        var (height, width, channels, s) = (x.shape[1], x.shape[2], x.shape[3], (long)op.WindowSize);
        var (down, across) = ((height + s - 1) / s, (width + s - 1) / s);
        var isFilled = down * s == height && across * s == width;
        var padded = isFilled ? x : torch.nn.functional.pad(x, [0, 0, 0, (across * s) - width, 0, (down * s) - height]);
        return padded.reshape(-1, down, s, across, s, channels).permute(0, 1, 3, 2, 4, 5).reshape(-1, s, s, channels); // [B,H,W,C] -> [B*n,s,s,C]
    }

    private static TorchTensor UnpartitionWindows(WindowUnpartition op, TorchTensor x)
    {
        var (s, channels) = (x.shape[1], x.shape[3]);
        var (down, across) = ((op.Height + s - 1) / s, (op.Width + s - 1) / s);
        var map = x.reshape(-1, down, across, s, s, channels).permute(0, 1, 3, 2, 4, 5).reshape(-1, down * s, across * s, channels); // [B*n,s,s,C] -> [B,H',W',C]
        return map.narrow(1, 0, op.Height).narrow(2, 0, op.Width); // -> [B,H,W,C]
    }
}
