namespace Maskwright.Graphs;

/// <summary>The type and shape of a tensor.</summary>
/// <param name="Element">The element type.</param>
/// <param name="Shape">The axes.</param>
public sealed record TensorType(ElementType Element, TensorShape Shape);

/// <summary>A tensor that flows through a graph.</summary>
public class Value
{
    internal Value(string name, TensorType type)
    {
        Name = name;
        Type = type;
    }

    /// <summary>Unique in its graph.</summary>
    public string Name { get; }

    /// <summary>Element type and shape.</summary>
    public TensorType Type { get; }

    /// <summary>The axes, outermost first.</summary>
    public TensorShape Shape => Type.Shape;

    /// <summary>The node that computes the value; null for inputs, parameters and constants.</summary>
    public Node? Producer { get; internal set; }

    /// <inheritdoc/>
    public override string ToString() => $"{Name} {Shape}";
}

/// <summary>A tensor of learned numbers; its name is the key of the network's original checkpoint layout.</summary>
public sealed class Parameter : Value
{
    internal Parameter(string name, TensorType type)
        : base(name, type)
    {
    }
}

/// <summary>A tensor whose numbers are part of the network's definition.</summary>
public sealed class Constant : Value
{
    internal Constant(string name, TensorType type, Array data)
        : base(name, type) => Data = data;

    /// <summary>The numbers, row by row: <c>float[]</c>, <c>long[]</c> or <c>bool[]</c> as the element type says.</summary>
    public Array Data { get; }
}
