namespace Maskwright.Graphs.Onnx.Native;

/// <summary>One operator of ours at one place of a session, with its settings read.</summary>
internal interface IKernel
{
    /// <summary>Reads the operands and writes the results.</summary>
    /// <param name="context">ONNX Runtime's <c>OrtKernelContext</c>.</param>
    void Compute(nint context);
}
