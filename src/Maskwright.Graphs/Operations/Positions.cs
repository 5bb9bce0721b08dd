namespace Maskwright.Graphs.Operations;

/// <summary>The positions along an axis, 0, 1, 2 and so on: [..] to [n] of 32-bit floats, n being the size of the axis.</summary>
/// <param name="Axis">Negative counts from the last axis.</param>
/// <remarks>Only the operand's size counts, so that a network can tell places apart on maps of any size.</remarks>
public sealed record Positions(int Axis) : Operation
{
    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs)
    {
        var x = inputs[0].Shape;
        Require(Axis >= -x.Count && Axis < x.Count, $"{x} has no axis {Axis}");
        return [new TensorType(ElementType.Float32, new TensorShape(x[Axis]))];
    }
}
