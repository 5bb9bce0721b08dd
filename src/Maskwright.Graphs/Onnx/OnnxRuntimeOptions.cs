namespace Maskwright.Graphs.Onnx;

/// <summary>How ONNX Runtime runs a graph.</summary>
public sealed record OnnxRuntimeOptions
{
    /// <summary>Threads for one operation; 0 lets the runtime choose one for each core.</summary>
    public int Threads { get; init; }

    /// <summary>Whether operations run on kernels of this house where it has one; false runs the plain operators, to compare.</summary>
    public bool UseKernels { get; init; } = true;

    /// <summary>In which numbers convolutions and linear layers of graphs are computed; others than the exact need <see cref="UseKernels"/> and the processor as the device.</summary>
    public OnnxPrecision Precision { get; init; }

    /// <summary>Where to run: <c>cpu</c>, or <c>cuda</c> with an optional number as in <c>cuda:1</c>, where the installed runtime has it.</summary>
    public string Device { get; init; } = "cpu";
}
