namespace Maskwright.Graphs;

/// <summary>A network: what goes in, what is computed in which order, what comes out. Immutable once built.</summary>
public sealed class Graph
{
    internal Graph(string name, IReadOnlyList<Value> inputs, IReadOnlyList<Parameter> parameters, IReadOnlyList<Node> nodes, IReadOnlyDictionary<string, Value> outputs)
    {
        Name = name;
        Inputs = inputs;
        Parameters = parameters;
        Nodes = nodes;
        Outputs = outputs;
    }

    /// <summary>The network's name.</summary>
    public string Name { get; }

    /// <summary>What goes in, in order.</summary>
    public IReadOnlyList<Value> Inputs { get; }

    /// <summary>The learned tensors, in the order in which the builder met them.</summary>
    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>The operations, each after those that it needs; only those that some output needs.</summary>
    public IReadOnlyList<Node> Nodes { get; }

    /// <summary>What comes out, by name, in the order in which it was named.</summary>
    public IReadOnlyDictionary<string, Value> Outputs { get; }

    /// <summary>The same network with the parts of every composite operation in its place; itself where there is none.</summary>
    public Graph WrittenOut() => GraphExpansion.Of(this);
}
