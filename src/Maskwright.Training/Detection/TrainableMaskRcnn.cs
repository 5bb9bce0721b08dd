using Maskwright.Graphs;
using Maskwright.Graphs.Weights;
using Maskwright.Networks.MaskRcnn;
using Maskwright.Networks.Semantic;
using Maskwright.Training.Torch;

namespace Maskwright.Training.Detection;

/// <summary>A Mask R-CNN that learns: the graphs of <see cref="MaskRcnnGraphs"/> over one set of weights.</summary>
public sealed class TrainableMaskRcnn : IDisposable
{
    private readonly TorchGraph _features;
    private readonly TorchGraph _boxes;
    private readonly TorchGraph _masks;
    private readonly TorchGraphOptions? _options;

    /// <summary>Copies weights and makes the graphs ready to learn.</summary>
    /// <param name="config">The sizes.</param>
    /// <param name="weights">A tensor for every parameter, by the network's names; not needed afterwards.</param>
    /// <param name="classNames">One name a class, background first; null for those that are usual for the number of classes. Checkpoints carry them.</param>
    /// <param name="options">How to run; null means exactly.</param>
    /// <exception cref="ArgumentException">The names are not one a class.</exception>
    /// <exception cref="WeightMismatchException">A parameter has no tensor, or one of another shape.</exception>
    /// <exception cref="NotSupportedException">The device that the options name is not there.</exception>
    public TrainableMaskRcnn(MaskRcnnConfig config, IReadOnlyDictionary<string, WeightTensor> weights, IReadOnlyList<string>? classNames = null, TorchGraphOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(config);
        (Config, ClassNames, _options) = (config, classNames ?? CommonClassNames.For(config.ClassCount), options);
        if (ClassNames.Count != config.ClassCount)
        {
            throw new ArgumentException($"{config.Name} has {config.ClassCount} classes, background counted, but {ClassNames.Count} names are given.", nameof(classNames));
        }

        Graph[] graphs = [MaskRcnnGraphs.Features(config), MaskRcnnGraphs.Boxes(config), MaskRcnnGraphs.Masks(config)];
        Weights = new TorchWeights(weights, graphs, TorchGraphOptions.DeviceOf(options));
        _features = new TorchGraph(graphs[0], Weights, options);
        _boxes = new TorchGraph(graphs[1], Weights, options);
        _masks = new TorchGraph(graphs[2], Weights, options);
    }

    /// <summary>The sizes.</summary>
    public MaskRcnnConfig Config { get; }

    /// <summary>One name a class, background first.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>The learned tensors of all graphs.</summary>
    public TorchWeights Weights { get; }

    /// <summary>Maps and what the proposal head says of them.</summary>
    /// <param name="images">[B,3,S,S], normalised.</param>
    internal IReadOnlyDictionary<string, TorchTensor> Features(TorchTensor images) =>
        _features.Forward(new Dictionary<string, TorchTensor> { ["image"] = images }, TorchMode.Train);

    /// <summary>What the box head says of regions.</summary>
    /// <param name="features">From <see cref="Features"/>; gradients flow to them.</param>
    /// <param name="regions">R regions in the order of <see cref="SampledRegion.ByLevel"/>; at least one.</param>
    /// <returns>[R,K] and [R,4K].</returns>
    internal (TorchTensor Classes, TorchTensor Deltas) Boxes(IReadOnlyDictionary<string, TorchTensor> features, IReadOnlyList<SampledRegion> regions)
    {
        var said = _boxes.Forward(Inputs(features, regions), TorchMode.Train);
        return (said["class_logits"], said["box_deltas"]);
    }

    /// <summary>What the mask head says of regions, as <see cref="Boxes"/> takes them.</summary>
    /// <returns>[R,K,28,28].</returns>
    internal TorchTensor Masks(IReadOnlyDictionary<string, TorchTensor> features, IReadOnlyList<SampledRegion> regions) =>
        _masks.Forward(Inputs(features, regions), TorchMode.Train)["mask_logits"];

    /// <summary>A network of its own with the same weights; the caller disposes it.</summary>
    internal TrainableMaskRcnn Copy()
    {
        using var weights = Weights.Export();
        var copy = new TrainableMaskRcnn(Config, weights, ClassNames, _options);
        if (Weights.Names.Where(Weights.IsFrozen).ToList() is { Count: > 0 } frozen)
        {
            copy.Weights.Freeze(frozen);
        }

        return copy;
    }

    private static Dictionary<string, TorchTensor> Inputs(IReadOnlyDictionary<string, TorchTensor> features, IReadOnlyList<SampledRegion> regions)
    {
        var levels = new RegionLevels([.. regions.Select(region => region.Box)]).Levels;
        var inputs = new Dictionary<string, TorchTensor>();
        for (var level = 0; level < MaskRcnnGraphs.BoxLevels; level++)
        {
            SampledRegion[] own = [.. regions.Where((_, i) => levels[i] == level)];
            float[] corners = [.. own.SelectMany(region => new[] { region.Box.X0, region.Box.Y0, region.Box.X1, region.Box.Y1 })];
            inputs[$"fpn_{level}"] = features[$"fpn_{level}"];
            inputs[$"boxes_{level}"] = TorchTypes.ToTorch(Tensor.Of(corners, own.Length, 4), features["fpn_0"].device);
            inputs[$"images_{level}"] = TorchTypes.ToTorch(Tensor.Of([.. own.Select(region => (long)region.Image)], own.Length), features["fpn_0"].device);
        }

        return inputs;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _masks.Dispose();
        _boxes.Dispose();
        _features.Dispose();
        Weights.Dispose();
    }
}
