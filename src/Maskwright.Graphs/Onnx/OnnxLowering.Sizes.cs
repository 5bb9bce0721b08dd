using Maskwright.Graphs.Sizes;

namespace Maskwright.Graphs.Onnx;

/// <content>Sizes that are known only at run time, computed from those of the inputs.</content>
internal sealed partial class OnnxLowering
{
    private readonly Dictionary<string, string> _sizes = new(StringComparer.Ordinal);

    /// <summary>A 1-D tensor of sizes, a constant where all are known.</summary>
    private string EmitSizes(string name, params IEnumerable<Dim> dims)
    {
        var axes = dims.ToArray();
        return axes.All(d => d.Size is not null)
            ? Integers(name, [.. axes.Select(d => d.Size!.Value)]) // asked in the line above
            : Emit("Concat", name, [.. axes.Select(EmitSize)], ("axis", 0L));
    }

    /// <summary>A tensor of one size.</summary>
    private string EmitSize(Dim dim) => dim.Size is { } size ? Integers("size", size) : EmitSize(dim.Expression);

    private string EmitSize(SizeExpression expression) => Cached(expression.ToString(), () =>
    {
        var terms = expression.Terms.Select(term => term.Atoms.Select(EmitAtom).Aggregate(
            term.Coefficient == 1 && term.Atoms.Count > 0 ? null : Integers("size", term.Coefficient),
            (string? product, string factor) => product is null ? factor : Emit("Mul", "size", [product, factor]))!); // a term has a coefficient or a factor
        return terms.Aggregate((sum, term) => Emit("Add", "size", [sum, term]));
    });

    // ONNX's whole-number division rounds to zero, which is down: sizes and what is divided of them are not negative.
    private string EmitAtom(SizeExpression.Atom atom) => Cached(atom.Name, () => atom.Numerator is { } numerator
        ? Emit("Div", "size", [EmitSize(numerator), Integers("size", atom.Divisor)])
        : EmitUnknown(atom.Name));

    private string EmitUnknown(string unknown)
    {
        foreach (var input in _graph.Inputs)
        {
            for (var axis = 0; axis < input.Shape.Count; axis++)
            {
                if (SizeBindings.Solve(input.Shape[axis]) is var (name, number, coefficient) && name == unknown)
                {
                    var size = Emit("Shape", $"{unknown}/size", [Name(input)], ("start", (long)axis), ("end", axis + 1L));
                    size = number == 0 ? size : Emit("Sub", "size", [size, Integers("size", number)]);
                    return coefficient == 1 ? size : Emit("Div", "size", [size, Integers("size", coefficient)]);
                }
            }
        }

        throw new NotSupportedException($"{_graph.Name}: no input shows the size {unknown}.");
    }

    private string Cached(string key, Func<string> emit)
    {
        if (!_sizes.TryGetValue(key, out var name))
        {
            name = emit();
            _sizes[key] = name;
        }

        return name;
    }
}
