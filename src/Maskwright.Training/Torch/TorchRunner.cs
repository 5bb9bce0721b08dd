using Maskwright.Graphs;

namespace Maskwright.Training.Torch;

/// <summary>A network that answers on Torch.</summary>
/// <param name="graph">Owned.</param>
internal sealed class TorchRunner(TorchGraph graph) : IGraphRunner
{
    public IReadOnlyDictionary<string, TensorType> Inputs { get; } = graph.Graph.Inputs.ToDictionary(input => input.Name, input => input.Type);

    public IReadOnlyList<string> OutputNames { get; } = [.. graph.Graph.Outputs.Keys];

    public IReadOnlyDictionary<string, Tensor> Run(IReadOnlyDictionary<string, Tensor> inputs, IReadOnlyList<string>? outputs = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        using var scope = torch.NewDisposeScope();
        using var still = torch.no_grad();
        var taken = inputs.ToDictionary(pair => pair.Key, pair => TorchTypes.ToTorch(pair.Value, graph.Weights.Device));
        var results = graph.Forward(taken, TorchMode.Evaluate, outputs, cancellationToken);
        return results.ToDictionary(pair => pair.Key, pair => TorchTypes.FromTorch(pair.Value));
    }

    public void Dispose() => graph.Dispose();
}
