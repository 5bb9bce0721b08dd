namespace Maskwright.Graphs.Kernels;

/// <summary>The sizes of one attention of several heads, each query over all keys of its batch.</summary>
/// <param name="Batch">Independent attentions: images, prompts or windows.</param>
/// <param name="Queries">Queries of each.</param>
/// <param name="Keys">Keys, and values, of each.</param>
/// <param name="Heads">Number of heads.</param>
/// <param name="HeadWidth">Channels of a head, the same for queries, keys and values.</param>
/// <param name="Scale">Factor on query times key.</param>
internal readonly record struct MultiHeadAttentionShape(int Batch, int Queries, int Keys, int Heads, int HeadWidth, float Scale)
{
    /// <summary>Refuses sizes that no attention has.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A size is not positive or the scale is not finite.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Batch);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Queries);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Keys);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Heads);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(HeadWidth);
        if (!float.IsFinite(Scale))
        {
            throw new ArgumentOutOfRangeException(nameof(Scale), Scale, "The scale of an attention must be finite.");
        }
    }
}
