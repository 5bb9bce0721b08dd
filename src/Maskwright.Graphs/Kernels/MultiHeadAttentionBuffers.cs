namespace Maskwright.Graphs.Kernels;

/// <summary>Where the tensors of one attention of several heads lie.</summary>
internal readonly unsafe struct MultiHeadAttentionBuffers
{
    /// <summary>Queries.</summary>
    public required AttentionOperand Query { get; init; }

    /// <summary>Keys.</summary>
    public required AttentionOperand Key { get; init; }

    /// <summary>Values.</summary>
    public required AttentionOperand Value { get; init; }

    /// <summary>Receives the attended values, one row a query. Must not overlap an input.</summary>
    public required AttentionOperand Output { get; init; }

    /// <summary>[heads, keys, queries], added to the logits; null for none. The queries come last, unlike in most checkpoints.</summary>
    public float* Bias { get; init; }
}
