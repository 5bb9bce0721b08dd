using Maskwright.Graphs.Operations;

namespace Maskwright.Graphs.Onnx;

/// <summary>Chooses the layers of a graph that are computed in bytes, and what of their surroundings goes with them.</summary>
internal sealed class ByteLayerSearch
{
    // Fewer channels leave bytes and layout more to do than the product saves; fewer rows make no product to speak of.
    private const int FewestChannels = 16;
    private const int FewestRows = 64;

    private readonly ILookup<Value, Node> _consumers;
    private readonly HashSet<Value> _outputs;
    private readonly HashSet<Node> _taken = [];

    private ByteLayerSearch(Graph graph)
    {
        _consumers = graph.Nodes.SelectMany(node => node.Inputs.Select(input => (input, node))).ToLookup(pair => pair.input, pair => pair.node);
        _outputs = [.. graph.Outputs.Values];
    }

    public static IReadOnlyList<ByteLayer> Of(Graph graph)
    {
        var search = new ByteLayerSearch(graph);
        return [.. graph.Nodes.Where(IsWorthIt).Select(search.Around)];
    }

    private static bool IsWorthIt(Node node) => node.Inputs.Skip(1).All(input => input is Parameter) && node.Operation switch
    {
        Convolution2d op => op.Groups == 1 && node.Inputs[1].Shape[0].Size >= FewestChannels && node.Inputs[1].Shape[1].Size >= FewestChannels,
        Linear => Rows(node.Inputs[0].Shape) >= FewestRows && node.Inputs[1].Shape.All(dim => dim.Size >= FewestChannels),
        _ => false,
    };

    // Of one image: the first axis counts images or prompts.
    private static long Rows(TensorShape x) => x.Skip(1).Take(x.Count - 2).Aggregate(1L, (rows, dim) => rows * (dim.Size ?? 0));

    private ByteLayer Around(Node node)
    {
        List<Node> nodes = [node];
        if (node.Operation is Linear)
        {
            var gelu = Follow(nodes, next => next.Operation is Unary { Function: UnaryFunction.Gelu });
            return new ByteLayer(node, null, null, gelu is null ? null : UnaryFunction.Gelu, nodes);
        }

        var normalisation = Follow(nodes, next => next.Operation is BatchNormalisation);
        var own = nodes[^1].Outputs[0];
        var sum = Follow(nodes, next => next.Operation is Binary { Function: BinaryFunction.Add } && next.Inputs.All(input => input.Shape.Equals(own.Shape)));
        var relu = Follow(nodes, next => next.Operation is Unary { Function: UnaryFunction.Relu });
        return new ByteLayer(node, normalisation, sum?.Inputs.First(input => input != own), relu is null ? null : UnaryFunction.Relu, nodes);
    }

    // The only node that takes the last one's result, where it is of the wanted kind and no other layer has it.
    private Node? Follow(List<Node> nodes, Predicate<Node> isWanted)
    {
        var value = nodes[^1].Outputs[0];
        if (_outputs.Contains(value) || _consumers[value].Count() != 1 || _consumers[value].First() is var next && (!isWanted(next) || !_taken.Add(next)))
        {
            return null;
        }

        nodes.Add(next);
        return next;
    }
}
