using Maskwright.Graphs;
using Maskwright.Graphs.Operations;
using Reduce = Maskwright.Graphs.Operations.Reduce;

namespace Maskwright.Training.Torch;

/// <content>Layers and functions.</content>
internal sealed partial class TorchLowering
{
    private TorchTensor Convolve(Node node, Convolution2d op, TorchTensor[] x) => torch.nn.functional.conv2d(
        Low(node, x[0]),
        Low(node, x[1]),
        x.Length > 2 ? Low(node, x[2]) : null,
        Twice(op.Stride),
        Twice(op.Padding),
        Twice(op.Dilation),
        op.Groups);

    private TorchTensor ConvolveTransposed(Node node, ConvolutionTranspose2d op, TorchTensor[] x) => torch.nn.functional.conv_transpose2d(
        Low(node, x[0]),
        Low(node, x[1]),
        x.Length > 2 ? Low(node, x[2]) : null,
        Twice(op.Stride),
        Twice(op.Padding),
        Twice(op.OutputPadding),
        groups: op.Groups);

    private static TorchTensor NormaliseChannels(ChannelNormalisation op, TorchTensor[] x)
    {
        var last = x[0].permute(0, 2, 3, 1); // [B,C,H,W] -> [B,H,W,C]
        return torch.nn.functional.layer_norm(last, x[1].shape, x[1], x[2], op.Epsilon).permute(0, 3, 1, 2); // -> [B,C,H,W]
    }

    private TorchTensor NormaliseBatch(Node node, BatchNormalisation op, TorchTensor[] x)
    {
        var learns = context.Mode == TorchMode.Train && !context.Weights.IsFrozen(node.Inputs[3].Name);
        var (mean, variance) = learns && context.IsRepetition ? (x[3].clone(), x[4].clone()) : (x[3], x[4]);
        return torch.nn.functional.batch_norm(x[0], mean, variance, x[1], x[2], learns, context.Options.BatchNormalisationMomentum, op.Epsilon);
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
        UnaryFunction.Log => x.log(),
        UnaryFunction.Tanh => x.tanh(),
        UnaryFunction.Relu6 => torch.nn.functional.relu6(x),
        UnaryFunction.HardSigmoid => torch.nn.functional.hardsigmoid(x),
        UnaryFunction.HardSwish => torch.nn.functional.hardswish(x),
        UnaryFunction.Silu => torch.nn.functional.silu(x),
        _ => throw new NotSupportedException($"{function} has no Torch form."),
    };

    private static TorchTensor Apply(BinaryFunction function, TorchTensor a, TorchTensor b) => function switch
    {
        BinaryFunction.Add => a.add(b, TorchNumber.One),
        BinaryFunction.Subtract => a.sub(b),
        BinaryFunction.Multiply => a.mul(b),
        BinaryFunction.Divide => a.div(b),
        BinaryFunction.Maximum => torch.maximum(a, b),
        BinaryFunction.Minimum => torch.minimum(a, b),
        _ => throw new NotSupportedException($"{function} has no Torch form."),
    };

    private static TorchTensor Reduced(Reduce op, TorchTensor x)
    {
        long[] axes = [.. op.Axes.Select(axis => (long)axis)];
        return op.Function switch
        {
            ReduceFunction.Mean => x.mean(axes, op.KeepAxes, torch.ScalarType.Float32),
            ReduceFunction.Sum => x.sum(axes, op.KeepAxes, torch.ScalarType.Float32),
            ReduceFunction.Max => x.amax(axes, op.KeepAxes),
            ReduceFunction.Min => x.amin(axes, op.KeepAxes),
            _ => throw new NotSupportedException($"{op.Function} has no Torch form."),
        };
    }

    private TorchTensor Drop(Node node, Dropout op, TorchTensor x)
    {
        if (context.Mode == TorchMode.Evaluate || op.Rate == 0)
        {
            return x;
        }

        using var chance = context.GeneratorOf(node);
        var shape = op.WholeChannels ? [.. x.shape.Take(2), .. x.shape.Skip(2).Select(_ => 1L)] : x.shape;
        var kept = torch.rand(shape, torch.ScalarType.Float32, x.device, generator: chance).ge(TorchNumber.Of(op.Rate));
        return x * kept.to_type(x.dtype).div(TorchNumber.Of(1 - op.Rate));
    }
}
