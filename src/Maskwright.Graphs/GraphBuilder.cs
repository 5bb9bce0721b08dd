using System.Collections.ObjectModel;
using Maskwright.Graphs.Operations;

namespace Maskwright.Graphs;

/// <summary>Describes a network step by step; every method returns the value that it computes.</summary>
/// <remarks>Names are relative to the scope; a parameter's full name is its key in the network's original checkpoint layout.</remarks>
public sealed partial class GraphBuilder
{
    private readonly Draft _draft;
    private readonly string _scope;

    /// <summary>Begins an empty network.</summary>
    /// <param name="name">The network's name.</param>
    public GraphBuilder(string name)
        : this(new Draft(name), string.Empty)
    {
    }

    private GraphBuilder(Draft draft, string scope)
    {
        _draft = draft;
        _scope = scope;
    }

    /// <summary>The same network, with names that begin with one more part.</summary>
    /// <param name="name">Such as <c>blocks.0</c>.</param>
    public GraphBuilder Scope(string name) => new(_draft, $"{_scope}{name}.");

    /// <summary>Declares what goes in.</summary>
    /// <param name="name">The input's full name, regardless of the scope.</param>
    /// <param name="element">The element type.</param>
    /// <param name="shape">The axes, outermost first.</param>
    public Value Input(string name, ElementType element, params Dim[] shape)
    {
        var value = new Value(_draft.Unique(name), new TensorType(element, new TensorShape(shape)));
        _draft.Inputs.Add(value);
        return value;
    }

    /// <summary>Declares what goes in, of 32-bit floats.</summary>
    /// <param name="name">The input's full name, regardless of the scope.</param>
    /// <param name="shape">The axes, outermost first.</param>
    public Value Input(string name, params Dim[] shape) => Input(name, ElementType.Float32, shape);

    /// <summary>Names a learned tensor; the same name gives the same tensor.</summary>
    /// <param name="name">Relative to the scope.</param>
    /// <param name="shape">The axes, outermost first, of known size.</param>
    /// <exception cref="ShapeException">The name was used before with another shape.</exception>
    public Parameter Parameter(string name, params Dim[] shape)
    {
        var type = new TensorType(ElementType.Float32, new TensorShape(shape));
        if (_draft.Parameters.TryGetValue(_scope + name, out var known))
        {
            return known.Shape.Equals(type.Shape) ? known : throw new ShapeException($"{_scope}{name} is {known.Shape} elsewhere and {type.Shape} here");
        }

        _ = type.Shape.ToSizes();
        var parameter = new Parameter(_draft.Unique(_scope + name), type);
        _draft.Parameters.Add(parameter.Name, parameter);
        return parameter;
    }

    /// <summary>Numbers that are part of the definition.</summary>
    /// <param name="name">Relative to the scope.</param>
    /// <param name="data">The numbers, row by row.</param>
    /// <param name="shape">The axes; none for a scalar.</param>
    public Constant Constant(string name, float[] data, params Dim[] shape)
    {
        ArgumentNullException.ThrowIfNull(data);
        var type = new TensorType(ElementType.Float32, new TensorShape(shape));
        return type.Shape.ElementCount == data.Length
            ? new Constant(_draft.Unique(_scope + name), type, data)
            : throw new ShapeException($"{_scope}{name}: {data.Length} numbers do not fill {type.Shape}");
    }

    /// <summary>One number that is part of the definition.</summary>
    /// <param name="value">The number.</param>
    public Constant Number(double value) => Constant("number", [(float)value]);

    /// <summary>Names what comes out.</summary>
    /// <param name="name">The output's full name, regardless of the scope.</param>
    /// <param name="value">The value.</param>
    public void Output(string name, Value value)
    {
        ArgumentNullException.ThrowIfNull(value);
        _draft.Outputs.Add(name, value);
    }

    /// <summary>Ends the description; operations that no output needs are left out.</summary>
    /// <exception cref="InvalidOperationException">The network has no output.</exception>
    public Graph Build()
    {
        if (_draft.Outputs.Count == 0)
        {
            throw new InvalidOperationException($"The network {_draft.Name} has no output.");
        }

        var needed = new HashSet<Value>();
        var open = new Stack<Value>(_draft.Outputs.Values);
        while (open.TryPop(out var value))
        {
            if (needed.Add(value))
            {
                foreach (var input in value.Producer?.Inputs ?? [])
                {
                    open.Push(input);
                }
            }
        }

        var nodes = _draft.Nodes.Where(node => node.Outputs.Any(needed.Contains)).ToArray();
        var parameters = _draft.Parameters.Values.Where(needed.Contains).ToArray();
        return new Graph(_draft.Name, [.. _draft.Inputs], parameters, nodes, new ReadOnlyDictionary<string, Value>(_draft.Outputs));
    }

    /// <summary>Adds an operation.</summary>
    /// <param name="name">Relative to the scope; made unique by a number where it is taken.</param>
    /// <param name="operation">The operation.</param>
    /// <param name="inputs">The operands.</param>
    /// <returns>The first result.</returns>
    /// <exception cref="ShapeException">The operands do not fit together; names the place.</exception>
    public Value Apply(string name, Operation operation, params Value[] inputs)
    {
        ArgumentNullException.ThrowIfNull(operation);
        ArgumentNullException.ThrowIfNull(inputs);
        IReadOnlyList<TensorType> types;
        try
        {
            types = operation.Infer(inputs);
        }
        catch (ShapeException fault)
        {
            throw new ShapeException($"{_draft.Name}, {_scope}{name}: {fault.Message}", fault);
        }

        var unique = _draft.Unique(_scope + name);
        var outputs = types.Select((type, i) => new Value(i == 0 ? unique : $"{unique}#{i}", type)).ToArray();
        var node = new Node(unique, operation, [.. inputs], outputs);
        foreach (var output in outputs)
        {
            output.Producer = node;
        }

        _draft.Nodes.Add(node);
        return outputs[0];
    }

    private sealed class Draft(string name)
    {
        private readonly HashSet<string> _names = [];

        public string Name { get; } = name;

        public List<Value> Inputs { get; } = [];

        public OrderedDictionary<string, Parameter> Parameters { get; } = [];

        public List<Node> Nodes { get; } = [];

        public OrderedDictionary<string, Value> Outputs { get; } = [];

        public string Unique(string wanted)
        {
            var unique = wanted;
            for (var i = 2; !_names.Add(unique); i++)
            {
                unique = $"{wanted}~{i}";
            }

            return unique;
        }
    }
}
