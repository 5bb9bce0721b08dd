using Maskwright.Graphs.Weights;

namespace Maskwright.Graphs.Onnx;

/// <summary>Finds the tensor of a parameter, of the right shape.</summary>
internal static class ParameterWeights
{
    public static WeightTensor Find(Parameter parameter, IReadOnlyDictionary<string, WeightTensor> weights, Graph graph)
    {
        if (weights.TryGetValue(parameter.Name, out var tensor) && tensor.Shape.SequenceEqual(parameter.Shape.ToSizes()))
        {
            return tensor;
        }

        var missing = graph.Parameters.Where(p => !weights.ContainsKey(p.Name)).Select(p => p.Name).ToArray();
        var wrong = graph.Parameters
            .Where(p => weights.TryGetValue(p.Name, out var t) && !t.Shape.SequenceEqual(p.Shape.ToSizes()))
            .Select(p => new ShapeMismatch(p.Name, weights[p.Name].Name, p.Shape.ToSizes(), weights[p.Name].Shape))
            .ToArray();
        throw new WeightMismatchException(graph.Name, "original", missing, [], wrong);
    }
}
