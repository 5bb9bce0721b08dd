using Maskwright.Graphs.Kernels;

namespace Maskwright.Graphs.Onnx.Native;

/// <summary>Hands the runtime's tensors and threads to <see cref="QuantizedRows"/>: [...,I] to bytes [...,I] and scales [rows,2].</summary>
internal sealed unsafe class QuantizedRowsKernel : IKernel
{
    private const int RowsOfTask = 32;

    public void Compute(nint context)
    {
        var sizes = OrtFunctions.GetInputSizes(context, 0);
        var (rows, width) = (RowCount(sizes), (int)sizes[^1]);
        var x = OrtFunctions.GetInput(context, 0);
        var bytes = OrtFunctions.GetOutput<byte>(context, 0, sizes);
        var scales = OrtFunctions.GetOutput(context, 1, [rows, 2]);
        RuntimeThreads.Run(context, (rows + RowsOfTask - 1) / RowsOfTask, task =>
        {
            long first = task * RowsOfTask;
            QuantizedRows.Run(x + (first * width), bytes + (first * width), scales + (2 * first), (int)Math.Min(RowsOfTask, rows - first), width);
        });
    }

    internal static int RowCount(long[] sizes) => checked((int)sizes[..^1].Aggregate(1L, (product, size) => product * size));
}
