using Maskwright.Graphs.Operations;

namespace Maskwright.Graphs;

/// <summary>Puts the parts of composite operations in their place.</summary>
internal sealed class GraphExpansion
{
    private readonly Dictionary<Value, Value> _stands = [];
    private readonly List<Node> _nodes = [];

    private GraphExpansion(Graph graph)
    {
        foreach (var node in graph.Nodes)
        {
            Add(node, string.Empty);
        }
    }

    public static Graph Of(Graph graph)
    {
        if (!graph.Nodes.Any(node => node.Operation is CompositeOperation))
        {
            return graph;
        }

        var expansion = new GraphExpansion(graph);
        var outputs = graph.Outputs.ToDictionary(output => output.Key, output => expansion.Stand(output.Value));
        return new Graph(graph.Name, graph.Inputs, graph.Parameters, expansion._nodes, outputs);
    }

    private void Add(Node node, string scope)
    {
        Value[] inputs = [.. node.Inputs.Select(Stand)];
        if (node.Operation is not CompositeOperation composite)
        {
            Copy(node, scope, inputs);
            return;
        }

        foreach (var (inner, outer) in composite.Body.Inputs.Zip(inputs))
        {
            _stands.Add(inner, outer);
        }

        foreach (var part in composite.Body.Nodes)
        {
            Add(part, $"{scope}{node.Name}/");
        }

        foreach (var (outer, inner) in node.Outputs.Zip(composite.Body.Outputs.Values))
        {
            _stands.Add(outer, Stand(inner));
        }
    }

    private void Copy(Node node, string scope, Value[] inputs)
    {
        var outputs = node.Outputs.Select(output => new Value(scope + output.Name, output.Type)).ToArray();
        var copy = new Node(scope + node.Name, node.Operation, inputs, outputs);
        foreach (var (old, output) in node.Outputs.Zip(outputs))
        {
            output.Producer = copy;
            _stands.Add(old, output);
        }

        _nodes.Add(copy);
    }

    private Value Stand(Value value) => _stands.GetValueOrDefault(value, value);
}
