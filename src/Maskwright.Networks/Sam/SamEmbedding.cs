using Maskwright.Graphs;
using Maskwright.Segmentation;

namespace Maskwright.Networks.Sam;

/// <summary>A SAM's view of an image, in managed memory; 4 MB for the published sizes.</summary>
public sealed class SamEmbedding : ImageEmbedding
{
    internal SamEmbedding(string identity, FrameTransform transform, IReadOnlyDictionary<string, Tensor> tensors)
        : base(transform.Image)
    {
        Owner = identity;
        Transform = transform;
        Tensors = tensors;
    }

    /// <summary>The way from the image to the network's canvas.</summary>
    public FrameTransform Transform { get; }

    /// <summary>What the decoder needs of the image, by name; <c>image_embeddings</c> is [1,C,h,w].</summary>
    public IReadOnlyDictionary<string, Tensor> Tensors { get; }

    internal string Owner { get; }
}
