using Maskwright.Graphs.Kernels;

namespace Maskwright.Graphs.Onnx.Native;

/// <summary>Hands the runtime's tensors and threads to <see cref="LowRankSquares"/>.</summary>
internal sealed unsafe class LowRankSquaresKernel : IKernel
{
    public void Compute(nint context)
    {
        var sizes = OrtFunctions.GetInputSizes(context, 0);
        var (matrices, rows, columns) = ((int)sizes[0], (int)sizes[1], (int)sizes[2]);
        float* shares = Input(0), products = Input(1), across = Input(2), factor = Input(3), along = Input(4);
        var factorStride = OrtFunctions.GetInputSizes(context, 3)[0] == 1 ? 0L : columns; // a batch of 1 serves all
        var alongStride = OrtFunctions.GetInputSizes(context, 4)[0] == 1 ? 0L : rows;
        var squares = OrtFunctions.GetOutput(context, 0, [matrices, 1, columns]);
        RuntimeThreads.Run(context, matrices, p => LowRankSquares.Run(new LowRankSquaresBuffers(rows, columns)
        {
            Shares = shares + ((long)p * rows * columns),
            Products = products + ((long)p * rows * rows),
            Across = across + ((long)p * rows * columns),
            Factor = factor + (p * factorStride),
            Along = along + (p * alongStride),
            Squares = squares + ((long)p * columns),
        }));

        float* Input(int index) => OrtFunctions.GetInput(context, index);
    }
}
