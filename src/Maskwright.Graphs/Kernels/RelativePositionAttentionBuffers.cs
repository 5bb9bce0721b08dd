namespace Maskwright.Graphs.Kernels;

/// <summary>Where the tensors of one attention with decomposed relative position lie. All are float32, contiguous and owned by the caller.</summary>
internal readonly unsafe struct RelativePositionAttentionBuffers
{
    /// <summary>[B,h,w,3*heads*width]: the fused projection; q, k, v in turn, heads within each, channels within each head.</summary>
    public required float* Qkv { get; init; }

    /// <summary>[3*heads*width]: the projection of a padded (zero) token; null means zeros. Only windows that overhang the map read it.</summary>
    public float* QkvBias { get; init; }

    /// <summary>[2*KeyHeight-1,width]: row <c>qy - ky + KeyHeight - 1</c> belongs to a vertical distance; null for none.</summary>
    public float* TableHeight { get; init; }

    /// <summary>[2*KeyWidth-1,width]: row <c>qx - kx + KeyWidth - 1</c> belongs to a horizontal distance; null for none.</summary>
    public float* TableWidth { get; init; }

    /// <summary>[B,h,w,heads*width]: receives the attended values, heads side by side. Must not overlap an input.</summary>
    public required float* Output { get; init; }
}
