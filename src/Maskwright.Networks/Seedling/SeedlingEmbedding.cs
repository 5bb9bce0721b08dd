using Maskwright.Graphs;
using Maskwright.Segmentation;

namespace Maskwright.Networks.Seedling;

/// <summary>Seedling's view of an image, in managed memory; about 30 MB beside the hierarchy of its regions.</summary>
public sealed class SeedlingEmbedding : ImageEmbedding
{
    private readonly Lazy<IReadOnlyDictionary<string, Tensor>> _imageSide;

    internal SeedlingEmbedding(string owner, SeedlingFrame frame, IReadOnlyDictionary<string, Tensor> tensors, SeedlingRegions regions, Lazy<IReadOnlyDictionary<string, Tensor>> imageSide)
        : base(frame.Image)
    {
        _imageSide = imageSide;
        Owner = owner;
        Frame = frame;
        Tensors = tensors;
        Regions = regions;
    }

    /// <summary>The way from the image to the network's frame.</summary>
    public SeedlingFrame Frame { get; }

    /// <summary>What the encoder says, by name: <c>f4</c>, <c>f8</c>, <c>f16</c>, <c>boundary</c>, <c>objectness</c>; see <see cref="SeedlingGraphs"/>.</summary>
    public IReadOnlyDictionary<string, Tensor> Tensors { get; }

    /// <summary>The hierarchy of the image's regions.</summary>
    internal SeedlingRegions Regions { get; }

    /// <summary>What the decoder needs of the image, whatever the prompt; of an embedding that was read from a file computed with the first prompt.</summary>
    internal IReadOnlyDictionary<string, Tensor> ImageSide => _imageSide.Value;

    internal string Owner { get; }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Regions.Dispose();
        }

        base.Dispose(disposing);
    }
}
