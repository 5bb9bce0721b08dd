namespace Maskwright.Graphs.Onnx;

/// <summary>How a graph is saved as ONNX.</summary>
public sealed record OnnxWriterOptions
{
    /// <summary>The version of the standard operators, 17 to 21.</summary>
    public int Opset { get; init; } = 17;

    /// <summary>Weights of more bytes than this go into a file beside the model, named as the model with <c>.data</c> behind; an ONNX file itself ends at 2 GB.</summary>
    public long InlineLimitBytes { get; init; } = 1_900_000_000;
}
