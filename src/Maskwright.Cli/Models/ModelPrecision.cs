namespace Maskwright.Cli.Models;

/// <summary>In which numbers a network is computed.</summary>
internal enum ModelPrecision
{
    /// <summary>32-bit floats: the exact form.</summary>
    Float32,

    /// <summary>The fastest whose loss is measured for the model, on this processor.</summary>
    Auto,

    /// <summary>Bytes and 8-bit weights, on ONNX Runtime.</summary>
    Int8,

    /// <summary>16-bit floats of a short mantissa, on libtorch.</summary>
    BFloat16,
}
