namespace Maskwright.Graphs.Operations;

/// <summary>What a node computes: its settings, how shapes follow, what it costs. Every reader of a graph knows every operation.</summary>
public abstract record Operation
{
    /// <summary>The types of the results.</summary>
    /// <param name="inputs">The operands.</param>
    /// <returns>One type for each result.</returns>
    /// <exception cref="ShapeException">The operands do not fit together.</exception>
    public abstract IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs);

    /// <summary>The multiplications and additions of one run, by who counts them; zero for what moves or adds numbers.</summary>
    /// <param name="inputs">The operands, of known size.</param>
    /// <param name="outputs">The results, of known size.</param>
    public virtual OperationCost Cost(IReadOnlyList<Value> inputs, IReadOnlyList<Value> outputs) => default;

    private protected static IReadOnlyList<TensorType> Like(Value input, TensorShape shape) => [new TensorType(input.Type.Element, shape)];

    private protected static void Require(bool fits, string message)
    {
        if (!fits)
        {
            throw new ShapeException(message);
        }
    }
}

/// <summary>Multiply-accumulates of an operation.</summary>
/// <param name="Module">Convolutions, linear layers and activations: what the counters behind most published figures see.</param>
/// <param name="Product">Products of activations with activations: queries with keys, weights with values.</param>
/// <param name="RelativePosition">Products of queries with relative position tables.</param>
public readonly record struct OperationCost(long Module, long Product = 0, long RelativePosition = 0)
{
    /// <summary>All multiply-accumulates.</summary>
    public long Total => Module + Product + RelativePosition;

    /// <summary>Adds two costs.</summary>
    /// <param name="a">One.</param>
    /// <param name="b">The other.</param>
    public static OperationCost operator +(OperationCost a, OperationCost b) => new(a.Module + b.Module, a.Product + b.Product, a.RelativePosition + b.RelativePosition);

    /// <summary>Adds two costs.</summary>
    /// <param name="a">One.</param>
    /// <param name="b">The other.</param>
    public static OperationCost Add(OperationCost a, OperationCost b) => a + b;
}
