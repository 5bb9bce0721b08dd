namespace Maskwright.Graphs.Onnx;

/// <summary>In which numbers ONNX Runtime computes convolutions and linear layers.</summary>
public enum OnnxPrecision
{
    /// <summary>Everything in 32-bit floats: the exact form.</summary>
    Float32,

    /// <summary>
    /// Convolutions and linear layers as products of bytes with 8-bit weights: a scale for every output of a layer; for what goes in, a scale for every image
    /// of a convolution and for every row of a linear layer, found while it runs. What lies between the layers stays in 32-bit floats.
    /// </summary>
    /// <remarks>See docs/decisions/0015 for which layers stay exact, and docs/performance.md for what is won and lost.</remarks>
    Int8,
}
