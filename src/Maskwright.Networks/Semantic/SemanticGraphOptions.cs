using Maskwright.Geometry;

namespace Maskwright.Networks.Semantic;

/// <summary>Which graph of a semantic network is wanted.</summary>
public sealed record SemanticGraphOptions
{
    /// <summary>The size of the image where it is known beforehand, which lets costs be counted; null for any size.</summary>
    public ImageSize? Size { get; init; }

    /// <summary>Images in a batch; null for any number.</summary>
    public int? Batch { get; init; }

    /// <summary>Whether the auxiliary head, which only training needs, gives out <c>auxiliary</c> too.</summary>
    public bool WithAuxiliary { get; init; }

    /// <summary>Whether every stage is given out as well, to compare with a reference.</summary>
    public bool WithStages { get; init; }
}
