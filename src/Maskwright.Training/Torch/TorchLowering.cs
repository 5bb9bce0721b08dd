using Maskwright.Graphs;
using Maskwright.Graphs.Operations;
using Reduce = Maskwright.Graphs.Operations.Reduce;

namespace Maskwright.Training.Torch;

/// <summary>Computes one operation by functions of Torch.</summary>
/// <remarks>Shapes in comments: n = heads, c = channels of a head.</remarks>
internal sealed partial class TorchLowering(RunContext context)
{
    /// <summary>The same, for computing what was computed before: running statistics do not learn from it twice.</summary>
    public TorchLowering Repeating(bool isRepetition) => new(context with { IsRepetition = isRepetition });

    /// <summary>The results of a node; each is a handle of its own, also where it shows the memory of an operand.</summary>
    public TorchTensor[] Compute(Node node, TorchTensor[] x) => node.Operation switch
    {
        Convolution2d op => [Convolve(node, op, x)],
        ConvolutionTranspose2d op => [ConvolveTransposed(node, op, x)],
        Linear => [torch.nn.functional.linear(Low(node, x[0]), Low(node, x[1]), x.Length > 2 ? Low(node, x[2]) : null)],
        LayerNormalisation op => [torch.nn.functional.layer_norm(x[0], x[1].shape, x[1], x[2], op.Epsilon)],
        ChannelNormalisation op => [NormaliseChannels(op, x)],
        BatchNormalisation op => [NormaliseBatch(node, op, x)],
        Unary op => [Apply(op.Function, x[0])],
        Binary op => [Apply(op.Function, x[0], x[1])],
        IsEqualTo op => [x[0].eq(TorchNumber.Of((float)op.Number)).to_type(x[0].dtype)],
        Cast op => [x[0].to_type(TorchTypes.ToTorch(op.Element))],
        Positions op => [TorchTypes.Positions(x[0].size(op.Axis), x[0].device)],
        Reduce op => [Reduced(op, x[0])],
        Dropout op => [Drop(node, op, x[0])],
        Softmax op => [x[0].softmax(op.Axis, torch.ScalarType.Float32)],
        MatrixProduct => [torch.matmul(Low(node, x[0]), Low(node, x[1]))],
        Reshape op => [x[0].reshape(context.Sizes.SizesOf(op.Target))],
        Transpose op => [x[0].permute([.. op.Order.Select(axis => (long)axis)])],
        Concatenate op => [torch.cat(Alike(x), op.Axis)],
        Slice op => [x[0].narrow(op.Axis, op.Start, op.Length)],
        Gather op => [x[0].index_select(op.Axis, torch.tensor([.. op.Indices], device: x[0].device))],
        RepeatLike => [RepeatToFit(x)],
        MaxPool2d op => [torch.nn.functional.max_pool2d(x[0], Twice(op.Window.Kernel), Twice(op.Window.Stride), Twice(op.Window.Padding), Twice(op.Window.Dilation), op.Window.CeilMode)],
        MaxPool2dWithIndices op => PoolWithIndices(op.Window, x[0]),
        MaxUnpool2d op => [Unpool(op, x)],
        AveragePool2d op => [torch.nn.functional.avg_pool2d(x[0], Twice(op.Window.Kernel), Twice(op.Window.Stride), Twice(op.Window.Padding), op.Window.CeilMode, op.CountPadding)],
        AdaptiveAveragePool2d op => [torch.nn.functional.adaptive_avg_pool2d(x[0], [op.Height, op.Width])],
        Resize2d op => [Resize(op, x[0])],
        Pad2d op => [Pad(op, x[0])],
        Crop2d op => [x[0].narrow(2, SizeOf(op.Top), SizeOf(op.Height)).narrow(3, SizeOf(op.Left), SizeOf(op.Width))],
        RoiAlign op => [new RegionAlignment(op).Align(x[0], x[1], x[2])],
        WindowPartition op => [PartitionWindows(op, x[0])],
        WindowUnpartition op => [UnpartitionWindows(op, x[0])],
        MultiHeadAttention op => [Attend(node, op, x)],
        RelativePositionSelfAttention op => [AttendRelatively(node, op, x)],
        BiasedSelfAttention op => [AttendBiased(node, op, x)],
        _ => throw new NotSupportedException($"{node.Name}: {node.Operation.GetType().Name} has no Torch form."),
    };

    /// <summary>An operand of a product, in the precision in which products are computed here.</summary>
    private TorchTensor Low(Node node, TorchTensor x) =>
        context.Options.Precision == TorchPrecision.Float32 ? x : x.to_type(IsExact(node) ? torch.ScalarType.Float32 : torch.ScalarType.BFloat16);

    private long SizeOf(Dim dim) => context.Sizes.SizeOf(dim);

    private static long[] Twice(long number) => [number, number];

    private bool IsExact(Node node) => NamePattern.MatchesAny(context.Options.Float32Nodes, node.Name);

    /// <summary>Tensors of one element type: the widest among them.</summary>
    private static TorchTensor[] Alike(TorchTensor[] x)
    {
        var type = x.Select(tensor => tensor.dtype).Aggregate(torch.promote_types);
        return [.. x.Select(tensor => tensor.to_type(type))];
    }
}
