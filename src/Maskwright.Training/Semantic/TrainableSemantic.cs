using Maskwright.Graphs.Weights;
using Maskwright.Networks.Semantic;
using Maskwright.Training.Torch;

namespace Maskwright.Training.Semantic;

/// <summary>A semantic network that learns, its auxiliary head included.</summary>
public sealed class TrainableSemantic : IDisposable
{
    private readonly TorchGraph _graph;
    private readonly TorchGraphOptions? _options;

    /// <summary>Copies weights and makes the graph ready to learn.</summary>
    /// <param name="config">The sizes.</param>
    /// <param name="classNames">K names.</param>
    /// <param name="weights">A tensor for every parameter, by the network's names; not needed afterwards.</param>
    /// <param name="options">How to run; null means exactly.</param>
    /// <exception cref="WeightMismatchException">A parameter has no tensor, or one of another shape.</exception>
    /// <exception cref="NotSupportedException">The device that the options name is not there.</exception>
    /// <exception cref="ArgumentException">The names are not one a class.</exception>
    public TrainableSemantic(SemanticNetworkConfig config, IReadOnlyList<string> classNames, IReadOnlyDictionary<string, WeightTensor> weights, TorchGraphOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(classNames);
        if (classNames.Count != config.ClassCount)
        {
            throw new ArgumentException($"{config.Name} has {config.ClassCount} classes, but {classNames.Count} names are given.", nameof(classNames));
        }

        // Batches are made with ImageNet's mean and deviation, whatever the preset's checkpoints were trained with.
        (Config, ClassNames, _options) = (config with { Normalisation = PixelNormalisation.ImageNet }, classNames, options);
        var graph = Config.Build(new SemanticGraphOptions { WithAuxiliary = true });
        Weights = new TorchWeights(weights, [graph], TorchGraphOptions.DeviceOf(options));
        _graph = new TorchGraph(graph, Weights, options);
    }

    /// <summary>The sizes, with the normalisation that training uses.</summary>
    public SemanticNetworkConfig Config { get; }

    /// <summary>K names.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>The learned tensors.</summary>
    public TorchWeights Weights { get; }

    /// <summary>Pixels on each side that the network must see beyond what it is asked about.</summary>
    /// <param name="side">Of what it is asked about, even.</param>
    internal int MarginOf(int side) => Config.ContextPixels == 0 ? 0 : Config.ContextPixels + ((Config.OutputSideFor(side) - side) / 2);

    /// <summary>Scores of a part of a batch.</summary>
    /// <param name="images">[B,3,S,S], normalised, with the margin.</param>
    /// <param name="chance">What dropout draws from.</param>
    /// <returns>logits [B,K,T,T], T being S where there are borders and smaller otherwise, and auxiliary of the same shape where there is such a head.</returns>
    internal IReadOnlyDictionary<string, TorchTensor> Score(TorchTensor images, long chance)
    {
        _graph.BeginStep(chance);
        return _graph.Forward(new Dictionary<string, TorchTensor> { ["image"] = images }, TorchMode.Train);
    }

    /// <summary>Scores as the finished network gives them; no gradients are recorded.</summary>
    /// <param name="images">[B,3,H,W], normalised.</param>
    /// <returns>[B,K,H,W].</returns>
    internal TorchTensor Answer(TorchTensor images)
    {
        using var still = torch.no_grad();
        return _graph.Forward(new Dictionary<string, TorchTensor> { ["image"] = images }, TorchMode.Evaluate, ["logits"])["logits"];
    }

    /// <summary>A network of its own with the same weights; the caller disposes it.</summary>
    internal TrainableSemantic Copy()
    {
        using var weights = Weights.Export();
        var copy = new TrainableSemantic(Config, ClassNames, weights, _options);
        if (Weights.Names.Where(Weights.IsFrozen).ToList() is { Count: > 0 } frozen)
        {
            copy.Weights.Freeze(frozen);
        }

        return copy;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _graph.Dispose();
        Weights.Dispose();
    }
}
