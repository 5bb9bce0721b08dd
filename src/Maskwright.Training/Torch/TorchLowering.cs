using Maskwright.Graphs;
using Maskwright.Graphs.Operations;

namespace Maskwright.Training.Torch;

/// <summary>Computes one operation by functions of Torch.</summary>
/// <remarks>Shapes in comments: n = heads, c = channels of a head.</remarks>
internal sealed partial class TorchLowering
{
    private readonly TorchGraphOptions _options;
    private readonly TorchWeights _weights;
    private readonly TorchMode _mode;
    private readonly SymbolSizes _sizes;

    public TorchLowering(TorchGraphOptions options, TorchWeights weights, TorchMode mode, SymbolSizes sizes)
    {
        _options = options;
        _weights = weights;
        _mode = mode;
        _sizes = sizes;
    }

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
        IsEqualTo op => [x[0].eq((float)op.Number).to_type(x[0].dtype)],
        Cast op => [x[0].to_type(TorchTypes.ToTorch(op.Element))],
        Softmax op => [x[0].softmax(op.Axis, torch.ScalarType.Float32)],
        MatrixProduct => [torch.matmul(Low(node, x[0]), Low(node, x[1]))],
        Reshape op => [x[0].reshape(_sizes.Resolve(op.Target))],
        Transpose op => [x[0].permute([.. op.Order.Select(axis => (long)axis)])],
        Concatenate op => [torch.cat(Alike(x), op.Axis)],
        Slice op => [x[0].narrow(op.Axis, op.Start, op.Length)],
        Gather op => [x[0].index_select(op.Axis, torch.tensor([.. op.Indices], device: x[0].device))],
        RepeatLike => [RepeatToFit(x)],
        WindowPartition op => [PartitionWindows(op, x[0])],
        WindowUnpartition op => [UnpartitionWindows(op, x[0])],
        MultiHeadAttention op => [Attend(node, op, x)],
        RelativePositionSelfAttention op => [AttendRelatively(node, op, x)],
        BiasedSelfAttention op => [AttendBiased(node, op, x)],
        _ => throw new NotSupportedException($"{node.Name}: {node.Operation.GetType().Name} has no Torch form."),
    };

    /// <summary>An operand of a product, in the precision in which products are computed here.</summary>
    private TorchTensor Low(Node node, TorchTensor x) =>
        _options.Precision == TorchPrecision.Float32 ? x : x.to_type(IsExact(node) ? torch.ScalarType.Float32 : torch.ScalarType.BFloat16);

    private bool IsExact(Node node) => NamePattern.MatchesAny(_options.Float32Nodes, node.Name);

    /// <summary>Tensors of one element type: the widest among them.</summary>
    private static TorchTensor[] Alike(TorchTensor[] x)
    {
        var type = x.Select(tensor => tensor.dtype).Aggregate(torch.promote_types);
        return [.. x.Select(tensor => tensor.to_type(type))];
    }
}
