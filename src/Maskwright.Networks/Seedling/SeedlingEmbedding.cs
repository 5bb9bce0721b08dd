using Maskwright.Graphs;
using Maskwright.Segmentation;

namespace Maskwright.Networks.Seedling;

/// <summary>Seedling's view of an image, in managed memory; about 4 MB.</summary>
public sealed class SeedlingEmbedding : ImageEmbedding
{
    internal SeedlingEmbedding(string owner, SeedlingFrame frame, IReadOnlyDictionary<string, Tensor> tensors)
        : base(frame.Image)
    {
        Owner = owner;
        Frame = frame;
        Tensors = tensors;
    }

    /// <summary>The way from the image to the network's frame.</summary>
    public SeedlingFrame Frame { get; }

    /// <summary>What the encoder says, by name: <c>f4</c>, <c>f8</c>, <c>f16</c>, <c>boundary</c>, <c>objectness</c>; see <see cref="SeedlingGraphs"/>.</summary>
    public IReadOnlyDictionary<string, Tensor> Tensors { get; }

    internal string Owner { get; }
}
