using Maskwright.Graphs.Operations;

namespace Maskwright.Graphs.Onnx;

/// <summary>A layer that is computed in bytes, with what its kernel does at once.</summary>
/// <param name="Node">The convolution or the linear layer.</param>
/// <param name="Normalisation">The batch normalisation that is folded into its weights.</param>
/// <param name="Added">What is added to its result, of the same shape.</param>
/// <param name="Activation">The function that follows: ReLU after a convolution, GELU after a linear layer.</param>
/// <param name="Nodes">All that is computed at once, in order; the first is <paramref name="Node"/>.</param>
internal sealed record ByteLayer(Node Node, Node? Normalisation, Value? Added, UnaryFunction? Activation, IReadOnlyList<Node> Nodes)
{
    /// <summary>The node whose result is the layer's.</summary>
    public Node Last => Nodes[^1];
}
