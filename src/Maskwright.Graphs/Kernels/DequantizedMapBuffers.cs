namespace Maskwright.Graphs.Kernels;

/// <summary>Where the operands and the result of <see cref="DequantizedMap"/> lie, for one image.</summary>
/// <param name="pixels">N.</param>
/// <param name="channels">O.</param>
internal unsafe struct DequantizedMapBuffers(int pixels, int channels)
{
    public readonly int Pixels = pixels;
    public readonly int Channels = channels;

    /// <summary>[N,O], products of bytes and weights.</summary>
    public int* Sums;

    /// <summary>Of the image's bytes.</summary>
    public ByteScale Scale;

    /// <summary>The layer's constants.</summary>
    public ByteConstants Layer;

    /// <summary>[O,N], added; null for none.</summary>
    public float* Residual;

    /// <summary>Whether negative results become 0.</summary>
    public bool Relu;

    /// <summary>[O,N].</summary>
    public float* Map;
}
