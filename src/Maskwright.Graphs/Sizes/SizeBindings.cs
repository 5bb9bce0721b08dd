namespace Maskwright.Graphs.Sizes;

/// <summary>What the sizes of a network are that are known only at run time, read off the tensors that go in.</summary>
public sealed class SizeBindings
{
    private readonly Dictionary<string, long> _sizes = new(StringComparer.Ordinal);

    private SizeBindings()
    {
    }

    /// <summary>Reads the unknown sizes off the inputs.</summary>
    /// <param name="inputs">The declared inputs of a network.</param>
    /// <param name="shapes">The actual sizes of each, by name; an input without an entry binds nothing.</param>
    /// <exception cref="ShapeException">An input has other sizes than it is declared with, or two inputs contradict one another.</exception>
    public static SizeBindings Of(IEnumerable<Value> inputs, IReadOnlyDictionary<string, IReadOnlyList<long>> shapes)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(shapes);
        var bindings = new SizeBindings();
        var given = inputs.Where(i => shapes.ContainsKey(i.Name)).Select(i => (Input: i, Sizes: shapes[i.Name])).ToArray();
        foreach (var (input, sizes) in given)
        {
            bindings.Bind(input, sizes);
        }

        foreach (var (input, sizes) in given)
        {
            if (!bindings.SizesOf(input.Shape).SequenceEqual(sizes))
            {
                throw new ShapeException($"{input.Name} is {input.Shape}, which [{string.Join(", ", sizes)}] does not fit");
            }
        }

        return bindings;
    }

    /// <summary>The size of an axis.</summary>
    /// <param name="dim">Known, or made of sizes that the inputs show.</param>
    /// <exception cref="ShapeException">No input shows the size.</exception>
    public long SizeOf(Dim dim)
    {
        ArgumentNullException.ThrowIfNull(dim);
        return dim.Size ?? Evaluate(dim.Expression);
    }

    /// <summary>The sizes of all axes.</summary>
    /// <param name="shape">The axes.</param>
    /// <exception cref="ShapeException">No input shows one of the sizes.</exception>
    public long[] SizesOf(TensorShape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        return [.. shape.Select(SizeOf)];
    }

    /// <summary>How to get an unknown from an axis that is a multiple of it: (axis - number) / coefficient; null where the axis is made of more.</summary>
    internal static (string Unknown, long Number, long Coefficient)? Solve(Dim dim)
    {
        if (dim.Size is not null)
        {
            return null;
        }

        var unknowns = dim.Expression.Terms.Where(t => t.Atoms.Count > 0).ToArray();
        var number = dim.Expression.Terms.Where(t => t.Atoms.Count == 0).Sum(t => t.Coefficient);
        return unknowns is [{ Coefficient: > 0, Atoms: [{ Numerator: null } atom] } term] ? (atom.Name, number, term.Coefficient) : null;
    }

    private void Bind(Value input, IReadOnlyList<long> sizes)
    {
        if (sizes.Count != input.Shape.Count)
        {
            throw new ShapeException($"{input.Name} is {input.Shape}, which [{string.Join(", ", sizes)}] does not fit");
        }

        for (var axis = 0; axis < sizes.Count; axis++)
        {
            if (Solve(input.Shape[axis]) is var (unknown, number, coefficient))
            {
                _sizes.TryAdd(unknown, (sizes[axis] - number) / coefficient);
            }
        }
    }

    private long Evaluate(SizeExpression expression) => expression.Terms.Sum(term => term.Atoms.Aggregate(term.Coefficient, (product, atom) => product * Evaluate(atom)));

    private long Evaluate(SizeExpression.Atom atom)
    {
        if (atom.Numerator is { } numerator)
        {
            return (long)Math.Floor((decimal)Evaluate(numerator) / atom.Divisor);
        }

        return _sizes.TryGetValue(atom.Name, out var size) ? size : throw new ShapeException($"no input shows the size {atom.Name}");
    }
}
