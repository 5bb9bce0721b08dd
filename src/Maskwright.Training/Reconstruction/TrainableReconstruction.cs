using Maskwright.Graphs.Weights;
using Maskwright.Networks.Seedling;
using Maskwright.Training.Torch;

namespace Maskwright.Training.Reconstruction;

/// <summary>Seedling's encoder that learns to say what hidden parts of photos look like (masked-image modelling; He et al. 2022, with Tian et al. 2023 for convolutions).</summary>
/// <remarks>It also holds the weights that have no part in it, which do not learn, so that what comes out is a whole Seedling to start from.</remarks>
public sealed class TrainableReconstruction : IDisposable
{
    private const string HeadName = "reconstruction";

    private readonly SeedlingConfig _config;
    private readonly TorchGraphOptions? _options;
    private readonly TorchGraph _graph;

    /// <summary>Copies weights and makes the encoder ready to learn.</summary>
    /// <param name="config">The sizes.</param>
    /// <param name="weights">A tensor for every parameter of Seedling; the head begins at zero where it has none.</param>
    /// <param name="options">How to run; null means exactly.</param>
    /// <exception cref="WeightMismatchException">A parameter has no tensor, or one of another shape.</exception>
    /// <exception cref="NotSupportedException">The device that the options name is not there.</exception>
    public TrainableReconstruction(SeedlingConfig config, IReadOnlyDictionary<string, WeightTensor> weights, TorchGraphOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(weights);
        (_config, _options) = (config, options);
        var graph = SeedlingGraphs.Reconstruction(config);
        using var head = SilentHead.Of(graph, HeadName);
        Weights = new TorchWeights(weights.Concat(head).DistinctBy(tensor => tensor.Key).ToDictionary(), [SeedlingGraphs.Encoder(config), SeedlingGraphs.Decoder(config), graph], TorchGraphOptions.DeviceOf(options));
        _graph = new TorchGraph(graph, Weights, options);
    }

    /// <summary>The learned tensors.</summary>
    public TorchWeights Weights { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        _graph.Dispose();
        Weights.Dispose();
    }

    /// <summary>Says what an image looks like.</summary>
    /// <param name="images">[B,3,S,S], normalised, with hidden parts of zero.</param>
    /// <returns>[B,192,S/8,S/8].</returns>
    internal TorchTensor Reconstruct(TorchTensor images) => _graph.Forward(new Dictionary<string, TorchTensor> { ["image"] = images }, TorchMode.Train)["pixels"];

    /// <summary>A network of its own with the same weights; the caller disposes it.</summary>
    internal TrainableReconstruction Copy()
    {
        using var weights = Weights.Export();
        var copy = new TrainableReconstruction(_config, weights, _options);
        if (Weights.Names.Where(Weights.IsFrozen).ToList() is { Count: > 0 } frozen)
        {
            copy.Weights.Freeze(frozen);
        }

        return copy;
    }
}
