using Maskwright.Graphs.Operations;

namespace Maskwright.Graphs;

/// <content>Operations without parameters.</content>
public sealed partial class GraphBuilder
{
    /// <summary>Exact GELU, x/2 (1 + erf(x/sqrt 2)).</summary>
    /// <param name="x">Any shape.</param>
    public Value Gelu(Value x) => Apply("gelu", new Unary(UnaryFunction.Gelu), x);

    /// <summary>max(x, 0).</summary>
    /// <param name="x">Any shape.</param>
    public Value Relu(Value x) => Apply("relu", new Unary(UnaryFunction.Relu), x);

    /// <summary>1/(1 + exp(-x)).</summary>
    /// <param name="x">Any shape.</param>
    public Value Sigmoid(Value x) => Apply("sigmoid", new Unary(UnaryFunction.Sigmoid), x);

    /// <summary>Sine of radians.</summary>
    /// <param name="x">Any shape.</param>
    public Value Sin(Value x) => Apply("sin", new Unary(UnaryFunction.Sin), x);

    /// <summary>Cosine of radians.</summary>
    /// <param name="x">Any shape.</param>
    public Value Cos(Value x) => Apply("cos", new Unary(UnaryFunction.Cos), x);

    /// <summary>min(max(x, 0), 6).</summary>
    /// <param name="x">Any shape.</param>
    public Value Relu6(Value x) => Apply("relu6", new Unary(UnaryFunction.Relu6), x);

    /// <summary>min(max(x/6 + 1/2, 0), 1).</summary>
    /// <param name="x">Any shape.</param>
    public Value HardSigmoid(Value x) => Apply("hardsigmoid", new Unary(UnaryFunction.HardSigmoid), x);

    /// <summary>x min(max(x/6 + 1/2, 0), 1).</summary>
    /// <param name="x">Any shape.</param>
    public Value HardSwish(Value x) => Apply("hardswish", new Unary(UnaryFunction.HardSwish), x);

    /// <summary>x/(1 + exp(-x)), also called swish.</summary>
    /// <param name="x">Any shape.</param>
    public Value Silu(Value x) => Apply("silu", new Unary(UnaryFunction.Silu), x);

    /// <summary>Hyperbolic tangent.</summary>
    /// <param name="x">Any shape.</param>
    public Value Tanh(Value x) => Apply("tanh", new Unary(UnaryFunction.Tanh), x);

    /// <summary>e to the x.</summary>
    /// <param name="x">Any shape.</param>
    public Value Exp(Value x) => Apply("exp", new Unary(UnaryFunction.Exp), x);

    /// <summary>Natural logarithm.</summary>
    /// <param name="x">Any shape.</param>
    public Value Log(Value x) => Apply("log", new Unary(UnaryFunction.Log), x);

    /// <summary>Square root.</summary>
    /// <param name="x">Any shape.</param>
    public Value Sqrt(Value x) => Apply("sqrt", new Unary(UnaryFunction.Sqrt), x);

    /// <summary>a / b, shapes repeated to fit.</summary>
    /// <param name="a">Any shape.</param>
    /// <param name="b">A shape that fits.</param>
    public Value Divide(Value a, Value b) => Apply("divide", new Binary(BinaryFunction.Divide), a, b);

    /// <summary>The greater of a and b, shapes repeated to fit.</summary>
    /// <param name="a">Any shape.</param>
    /// <param name="b">A shape that fits.</param>
    public Value Maximum(Value a, Value b) => Apply("maximum", new Binary(BinaryFunction.Maximum), a, b);

    /// <summary>The lesser of a and b, shapes repeated to fit.</summary>
    /// <param name="a">Any shape.</param>
    /// <param name="b">A shape that fits.</param>
    public Value Minimum(Value a, Value b) => Apply("minimum", new Binary(BinaryFunction.Minimum), a, b);

    /// <summary>Their mean along axes, which stay as axes of size 1 or go.</summary>
    /// <param name="x">Any shape.</param>
    /// <param name="axes">Negative counts from the last axis.</param>
    /// <param name="keepAxes">Whether the axes stay.</param>
    public Value Mean(Value x, IReadOnlyList<int> axes, bool keepAxes = true) => Apply("mean", new Reduce(ReduceFunction.Mean, axes, keepAxes), x);

    /// <summary>Their sum along axes, which stay as axes of size 1 or go.</summary>
    /// <param name="x">Any shape.</param>
    /// <param name="axes">Negative counts from the last axis.</param>
    /// <param name="keepAxes">Whether the axes stay.</param>
    public Value Sum(Value x, IReadOnlyList<int> axes, bool keepAxes = true) => Apply("sum", new Reduce(ReduceFunction.Sum, axes, keepAxes), x);

    /// <summary>The greatest along axes, which stay as axes of size 1 or go.</summary>
    /// <param name="x">Any shape.</param>
    /// <param name="axes">Negative counts from the last axis.</param>
    /// <param name="keepAxes">Whether the axes stay.</param>
    public Value Max(Value x, IReadOnlyList<int> axes, bool keepAxes = true) => Apply("max", new Reduce(ReduceFunction.Max, axes, keepAxes), x);

    /// <summary>While a network learns, zeroes elements at random; when it is used, nothing.</summary>
    /// <param name="x">Any shape.</param>
    /// <param name="rate">Share of elements that are zeroed.</param>
    /// <param name="wholeChannels">Whether channels are zeroed as a whole.</param>
    public Value Dropout(Value x, double rate, bool wholeChannels = false) => Apply("dropout", new Dropout(rate, wholeChannels), x);

    /// <summary>a + b, shapes repeated to fit.</summary>
    /// <param name="a">Any shape.</param>
    /// <param name="b">A shape that fits.</param>
    public Value Add(Value a, Value b) => Apply("add", new Binary(BinaryFunction.Add), a, b);

    /// <summary>a - b, shapes repeated to fit.</summary>
    /// <param name="a">Any shape.</param>
    /// <param name="b">A shape that fits.</param>
    public Value Subtract(Value a, Value b) => Apply("subtract", new Binary(BinaryFunction.Subtract), a, b);

    /// <summary>a * b, shapes repeated to fit.</summary>
    /// <param name="a">Any shape.</param>
    /// <param name="b">A shape that fits.</param>
    public Value Multiply(Value a, Value b) => Apply("multiply", new Binary(BinaryFunction.Multiply), a, b);

    /// <summary>a * number.</summary>
    /// <param name="a">Any shape.</param>
    /// <param name="number">The factor.</param>
    public Value Multiply(Value a, double number) => Multiply(a, Number(number));

    /// <summary>a + number.</summary>
    /// <param name="a">Any shape.</param>
    /// <param name="number">The summand.</param>
    public Value Add(Value a, double number) => Add(a, Number(number));

    /// <summary>1 where an element equals the number, else 0.</summary>
    /// <param name="x">Any shape.</param>
    /// <param name="number">What to compare with.</param>
    public Value IsEqualTo(Value x, double number) => Apply("equal", new IsEqualTo(number), x);

    /// <summary>The same numbers as elements of another type.</summary>
    /// <param name="x">Any shape.</param>
    /// <param name="element">The new element type.</param>
    public Value Cast(Value x, ElementType element) => Apply("cast", new Cast(element), x);

    /// <summary>Softmax over one axis.</summary>
    /// <param name="x">Any shape.</param>
    /// <param name="axis">Negative counts from the last axis.</param>
    public Value Softmax(Value x, int axis = -1) => Apply("softmax", new Softmax(axis), x);

    /// <summary>Matrix product of the last two axes.</summary>
    /// <param name="a">[..,M,K].</param>
    /// <param name="b">[..,K,N].</param>
    /// <returns>[..,M,N].</returns>
    public Value MatMul(Value a, Value b) => Apply("matmul", new MatrixProduct(), a, b);

    /// <summary>The same elements in the same order under other axes.</summary>
    /// <param name="x">Any shape.</param>
    /// <param name="shape">The new axes.</param>
    public Value Reshape(Value x, params Dim[] shape) => Apply("reshape", new Reshape(new TensorShape(shape)), x);

    /// <summary>The axes in another order.</summary>
    /// <param name="x">Any shape.</param>
    /// <param name="order">For every new axis, the old one.</param>
    public Value Transpose(Value x, params int[] order) => Apply("transpose", new Transpose(order), x);

    /// <summary>Tensors one after the other along an axis.</summary>
    /// <param name="axis">Negative counts from the last axis.</param>
    /// <param name="parts">Equal on all other axes.</param>
    public Value Concat(int axis, params Value[] parts) => Apply("concat", new Concatenate(axis), parts);

    /// <summary>A part of one axis.</summary>
    /// <param name="x">Any shape.</param>
    /// <param name="axis">Negative counts from the last axis.</param>
    /// <param name="start">First element.</param>
    /// <param name="length">Number of elements.</param>
    public Value Slice(Value x, int axis, long start, long length) => Apply("slice", new Slice(axis, start, length), x);

    /// <summary>Chosen elements of one axis, in the chosen order.</summary>
    /// <param name="x">Any shape.</param>
    /// <param name="axis">Negative counts from the last axis.</param>
    /// <param name="indices">Which elements; may repeat.</param>
    public Value Gather(Value x, int axis, IReadOnlyList<long> indices) => Apply("gather", new Gather(axis, indices), x);

    /// <summary>The first operand repeated to the shape that it shares with the second.</summary>
    /// <param name="x">Axes of size 1 are repeated.</param>
    /// <param name="like">Gives the shape.</param>
    public Value RepeatLike(Value x, Value like) => Apply("repeat", new RepeatLike(), x, like);

    /// <summary>Multi-head attention.</summary>
    /// <param name="q">[B,Nq,C] queries.</param>
    /// <param name="k">[B,Nk,C] keys; a batch of 1 serves all queries.</param>
    /// <param name="v">[B,Nk,C] values.</param>
    /// <param name="heads">Number of heads.</param>
    /// <returns>[B,Nq,C].</returns>
    public Value Attention(Value q, Value k, Value v, int heads) => Apply("attention", new MultiHeadAttention(heads), q, k, v);
}
