using Maskwright.Graphs.Kernels;

namespace Maskwright.Graphs.Onnx.Native;

/// <summary>Hands the runtime's tensors and threads to <see cref="RowSoftmax"/>: [...,R,N] to the same.</summary>
internal sealed unsafe class RowSoftmaxKernel : IKernel
{
    public void Compute(nint context)
    {
        var sizes = OrtFunctions.GetInputSizes(context, 0);
        var (rows, columns) = ((int)sizes[^2], (int)sizes[^1]);
        var x = OrtFunctions.GetInput(context, 0);
        var y = OrtFunctions.GetOutput(context, 0, sizes);
        var matrices = (int)sizes[..^2].Aggregate(1L, (product, size) => product * size);
        RuntimeThreads.Run(context, matrices, matrix => RowSoftmax.Run(x + ((long)matrix * rows * columns), y + ((long)matrix * rows * columns), rows, columns));
    }
}
