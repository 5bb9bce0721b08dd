namespace Maskwright.Graphs.Operations;

/// <summary>A function of one number.</summary>
public enum UnaryFunction
{
    /// <summary>Exact GELU, x/2 (1 + erf(x/sqrt 2)).</summary>
    Gelu,

    /// <summary>max(x, 0).</summary>
    Relu,

    /// <summary>1/(1 + exp(-x)).</summary>
    Sigmoid,

    /// <summary>Sine of radians.</summary>
    Sin,

    /// <summary>Cosine of radians.</summary>
    Cos,

    /// <summary>e to the x.</summary>
    Exp,

    /// <summary>Square root.</summary>
    Sqrt,

    /// <summary>Natural logarithm.</summary>
    Log,

    /// <summary>Hyperbolic tangent.</summary>
    Tanh,

    /// <summary>min(max(x, 0), 6).</summary>
    Relu6,

    /// <summary>min(max(x/6 + 1/2, 0), 1).</summary>
    HardSigmoid,

    /// <summary>x min(max(x/6 + 1/2, 0), 1).</summary>
    HardSwish,

    /// <summary>x/(1 + exp(-x)).</summary>
    Silu,
}

/// <summary>A function applied to every element.</summary>
/// <param name="Function">The function.</param>
public sealed record Unary(UnaryFunction Function) : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => [inputs[0].Type];

    /// <inheritdoc/>
    public override OperationCost Cost(IReadOnlyList<Value> inputs, IReadOnlyList<Value> outputs) =>
        Function == UnaryFunction.Gelu ? new(outputs[0].Shape.ElementCount!.Value) : default;
}

/// <summary>A function of two numbers.</summary>
public enum BinaryFunction
{
    /// <summary>a + b.</summary>
    Add,

    /// <summary>a - b.</summary>
    Subtract,

    /// <summary>a * b.</summary>
    Multiply,

    /// <summary>a / b.</summary>
    Divide,

    /// <summary>The greater of a and b.</summary>
    Maximum,

    /// <summary>The lesser of a and b.</summary>
    Minimum,
}

/// <summary>A function applied to pairs of elements; axes of size 1, or missing in front, are repeated to fit.</summary>
/// <param name="Function">The function.</param>
public sealed record Binary(BinaryFunction Function) : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => Like(inputs[0], Broadcasting.Common(inputs[0].Shape, inputs[1].Shape));
}

/// <summary>1 where an element equals a number, else 0: [..] of floats to floats.</summary>
/// <param name="Number">What to compare with.</param>
public sealed record IsEqualTo(double Number) : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => [inputs[0].Type];
}

/// <summary>The same numbers as elements of another type.</summary>
/// <param name="Element">The new element type.</param>
public sealed record Cast(ElementType Element) : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => [new TensorType(Element, inputs[0].Shape)];
}

/// <summary>Softmax over one axis.</summary>
/// <param name="Axis">Negative counts from the last axis.</param>
public sealed record Softmax(int Axis) : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => [inputs[0].Type];
}

/// <summary>How shapes of different rank fit together.</summary>
public static class Broadcasting
{
    /// <summary>The shape that both can be repeated to.</summary>
    /// <param name="a">One shape.</param>
    /// <param name="b">The other.</param>
    /// <exception cref="ShapeException">There is none.</exception>
    public static TensorShape Common(TensorShape a, TensorShape b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        var dims = new Dim[Math.Max(a.Count, b.Count)];
        for (var i = 1; i <= dims.Length; i++)
        {
            dims[^i] = (i <= a.Count, i <= b.Count) switch
            {
                (true, false) => a[-i],
                (false, true) => b[-i],
                _ when a[-i].Equals(b[-i]) => a[-i],
                _ when b[-i].Size == 1 => a[-i],
                _ when a[-i].Size == 1 => b[-i],
                _ => throw new ShapeException($"{a} and {b} cannot be repeated to one shape: axis {-i} is {a[-i]} and {b[-i]}"),
            };
        }

        return new TensorShape(dims);
    }
}
