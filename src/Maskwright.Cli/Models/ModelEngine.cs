namespace Maskwright.Cli.Models;

/// <summary>What runs networks.</summary>
internal enum ModelEngine
{
    /// <summary>ONNX Runtime.</summary>
    Onnx,

    /// <summary>libtorch, which is loaded only when it is asked for.</summary>
    Torch,
}
