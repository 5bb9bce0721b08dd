using Maskwright.Graphs.Operations;

namespace Maskwright.Graphs;

/// <summary>One operation at one place of a graph.</summary>
public sealed class Node
{
    internal Node(string name, Operation operation, IReadOnlyList<Value> inputs, IReadOnlyList<Value> outputs)
    {
        Name = name;
        Operation = operation;
        Inputs = inputs;
        Outputs = outputs;
    }

    /// <summary>Unique in its graph; begins with the scope in which it was built.</summary>
    public string Name { get; }

    /// <summary>What is computed.</summary>
    public Operation Operation { get; }

    /// <summary>From what.</summary>
    public IReadOnlyList<Value> Inputs { get; }

    /// <summary>The results.</summary>
    public IReadOnlyList<Value> Outputs { get; }

    /// <inheritdoc/>
    public override string ToString() => $"{Name} = {Operation}";
}
