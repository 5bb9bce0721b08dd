using Maskwright.Graphs.Weights;
using Maskwright.Networks.Backbones;
using Maskwright.Networks.Seedling;
using Maskwright.Training.Losses;
using Maskwright.Training.Torch;

namespace Maskwright.Training.Running;

/// <summary>A residual network that has learned what things are, such as a classifier of ImageNet, and that an encoder learns to follow: from its own coarsest map it is to say the other's.</summary>
/// <remarks>
/// Distillation of maps (Romero et al. 2015) on the photos at hand. An encoder that began in such a network, narrowed, can learn again what was cut off.
/// It does not learn itself; several threads may ask it at once.
/// </remarks>
public sealed class BackboneTeacher : IDisposable
{
    private const string Map = "coarsest";

    private readonly TorchGraph _graph;

    /// <summary>Copies the weights of a residual network.</summary>
    /// <param name="weights">Weights that hold one by torchvision's names, for images of zero mean and unit deviation per channel over ImageNet; not needed afterwards.</param>
    /// <param name="options">How to run; null means exactly.</param>
    /// <exception cref="ArgumentException">They hold no such network, or one that does not end at stride 32.</exception>
    /// <exception cref="WeightMismatchException">Some tensor is missing or of another shape.</exception>
    public BackboneTeacher(WeightFile weights, TorchGraphOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(weights);
        var graph = BackboneTransfer.Describe(weights);
        var map = graph.Outputs[Map].Shape;
        if (!map[2].Equals(graph.Inputs[0].Shape[2].DividedBy(SeedlingConfig.SideMultiple)))
        {
            throw new ArgumentException($"The residual network of {weights.Path} does not end at stride 32 but gives [{string.Join(", ", map)}].", nameof(weights));
        }

        Channels = (int)map[1].Size!.Value; // channels are known
        _graph = new TorchGraph(graph, weights, options, TorchGraphOptions.DeviceOf(options));
    }

    /// <summary>Channels of its coarsest map, C.</summary>
    public int Channels { get; }

    /// <inheritdoc/>
    public void Dispose() => _graph.Dispose();

    /// <summary>How much of what the map says of these images is not told: the mean squared error over the map's variance, 1 for who tells the mean of every channel.</summary>
    /// <param name="told">[B,C,S/32,S/32].</param>
    /// <param name="images">[B,3,S,S], normalised.</param>
    internal TorchTensor Error(TorchTensor told, TorchTensor images) => MapLoss.UnexplainedShare(told, Look(images));

    private TorchTensor Look(TorchTensor images)
    {
        using var still = torch.no_grad();
        return _graph.Forward(new Dictionary<string, TorchTensor> { ["image"] = images }, TorchMode.Evaluate)[Map];
    }
}
