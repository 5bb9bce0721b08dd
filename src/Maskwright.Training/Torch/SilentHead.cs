using Maskwright.Graphs;
using Maskwright.Graphs.Weights;

namespace Maskwright.Training.Torch;

/// <summary>Weights of a layer that is learned beside a network and not exported: it begins by saying nothing.</summary>
internal static class SilentHead
{
    /// <summary>Zeros for the layer's weight and bias; nothing where the graph has no such layer. The caller disposes the result.</summary>
    /// <param name="graph">The network with the layer.</param>
    /// <param name="name">The layer's name.</param>
    public static WeightFile Of(Graph graph, string name) => WeightFile.FromArrays(
        graph.Parameters.Where(p => p.Name == $"{name}.weight" || p.Name == $"{name}.bias").Select(p => (p.Name, (IReadOnlyList<long>)p.Shape.ToSizes(), new float[p.Shape.ElementCount!.Value])), name); // parameters have known sizes
}
