using Maskwright.Graphs;
using Maskwright.Graphs.Operations;

namespace Maskwright.Training.Torch;

/// <content>Layers and functions.</content>
internal sealed partial class TorchLowering
{
    private TorchTensor Convolve(Node node, Convolution2d op, TorchTensor[] x) => torch.nn.functional.conv2d(
        Low(node, x[0]),
        Low(node, x[1]),
        x.Length > 2 ? Low(node, x[2]) : null,
        [op.Stride, op.Stride],
        [op.Padding, op.Padding],
        [op.Dilation, op.Dilation],
        op.Groups);

    private TorchTensor ConvolveTransposed(Node node, ConvolutionTranspose2d op, TorchTensor[] x) => torch.nn.functional.conv_transpose2d(
        Low(node, x[0]),
        Low(node, x[1]),
        x.Length > 2 ? Low(node, x[2]) : null,
        [op.Stride, op.Stride],
        [op.Padding, op.Padding]);

    private static TorchTensor NormaliseChannels(ChannelNormalisation op, TorchTensor[] x)
    {
        var last = x[0].permute(0, 2, 3, 1); // [B,C,H,W] -> [B,H,W,C]
        return torch.nn.functional.layer_norm(last, x[1].shape, x[1], x[2], op.Epsilon).permute(0, 3, 1, 2); // -> [B,C,H,W]
    }

    private TorchTensor NormaliseBatch(Node node, BatchNormalisation op, TorchTensor[] x)
    {
        var learns = _mode == TorchMode.Train && !_weights.IsFrozen(node.Inputs[3].Name);
        return torch.nn.functional.batch_norm(x[0], x[3], x[4], x[1], x[2], learns, _options.BatchNormalisationMomentum, op.Epsilon);
    }

    private static TorchTensor Apply(UnaryFunction function, TorchTensor x) => function switch
    {
        UnaryFunction.Gelu => torch.nn.functional.gelu(x),
        UnaryFunction.Relu => x.relu(),
        UnaryFunction.Sigmoid => x.sigmoid(),
        UnaryFunction.Sin => x.sin(),
        UnaryFunction.Cos => x.cos(),
        UnaryFunction.Exp => x.exp(),
        UnaryFunction.Sqrt => x.sqrt(),
        _ => throw new NotSupportedException($"{function} has no Torch form."),
    };

    private static TorchTensor Apply(BinaryFunction function, TorchTensor a, TorchTensor b) => function switch
    {
        BinaryFunction.Add => a.add(b),
        BinaryFunction.Subtract => a.sub(b),
        BinaryFunction.Multiply => a.mul(b),
        BinaryFunction.Divide => a.div(b),
        _ => throw new NotSupportedException($"{function} has no Torch form."),
    };
}
