using Maskwright.Geometry;
using Maskwright.Graphs;
using Maskwright.Networks.MaskRcnn;
using Maskwright.Training.Torch;

namespace Maskwright.Training.Detection;

/// <summary>What the proposal head says of a batch of square images: of every anchor, and as proposals.</summary>
internal sealed class ProposalOutputs
{
    private readonly IReadOnlyDictionary<string, TorchTensor> _features;
    private readonly MaskRcnnConfig _config;
    private readonly ImageSize _size;

    /// <param name="features">The outputs of the features graph.</param>
    /// <param name="config">Anchors, and how many proposals there may be.</param>
    /// <param name="size">The images' size, without padding.</param>
    public ProposalOutputs(IReadOnlyDictionary<string, TorchTensor> features, MaskRcnnConfig config, ImageSize size)
    {
        (_features, _config, _size) = (features, config, size);
        Anchors = [.. Enumerable.Range(0, config.AnchorSides.Count).SelectMany(AnchorsOf)];
        Objectness = Join(level => features[$"objectness_{level}"].permute(0, 2, 3, 1).flatten(1)); // [B,A,h,w] -> [B,hwA]
        Deltas = Join(level => features[$"deltas_{level}"].unflatten(1, config.AnchorsPerCell, 4).permute(0, 3, 4, 1, 2).flatten(1, 3)); // [B,4A,h,w] -> [B,hwA,4]
    }

    /// <summary>N anchors: map by map, row by row, in each cell ratio by ratio.</summary>
    public RegionBox[] Anchors { get; }

    /// <summary>[B*N] logits, image by image.</summary>
    public TorchTensor Objectness { get; }

    /// <summary>[B*N,4].</summary>
    public TorchTensor Deltas { get; }

    /// <summary>The proposals of an image, best first; no gradient flows through them.</summary>
    /// <param name="image">Its place in the batch.</param>
    public IReadOnlyList<RegionBox> Choose(int image)
    {
        using var scope = torch.NewDisposeScope();
        using var still = torch.no_grad();
        var own = new Dictionary<string, Tensor>();
        foreach (var (name, tensor) in _features.Where(f => !f.Key.StartsWith("fpn", StringComparison.Ordinal)))
        {
            own[name] = TorchTypes.FromTorch(tensor.narrow(0, image, 1));
        }

        return ProposalSelection.Choose(own, _config, _size, _size);
    }

    private IReadOnlyList<RegionBox> AnchorsOf(int level)
    {
        var shape = _features[$"objectness_{level}"].shape;
        return AnchorGrid.Of(_config.AnchorSides[level], _config.AnchorRatios, new ImageSize((int)shape[3], (int)shape[2]), _size);
    }

    private TorchTensor Join(Func<int, TorchTensor> ofLevel) => torch.cat([.. Enumerable.Range(0, _config.AnchorSides.Count).Select(ofLevel)], 1).flatten(0, 1);
}
