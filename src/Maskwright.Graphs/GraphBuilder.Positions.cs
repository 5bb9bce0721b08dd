using Maskwright.Graphs.Operations;

namespace Maskwright.Graphs;

/// <content>Places on maps.</content>
public sealed partial class GraphBuilder
{
    /// <summary>The positions along an axis: 0, 1, 2 and so on.</summary>
    /// <param name="x">Any shape; only its size counts.</param>
    /// <param name="axis">Negative counts from the last axis.</param>
    /// <returns>[n], n being the size of the axis.</returns>
    public Value Positions(Value x, int axis) => Apply("positions", new Positions(axis), x);
}
