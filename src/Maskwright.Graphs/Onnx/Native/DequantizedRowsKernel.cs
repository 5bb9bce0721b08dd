using Maskwright.Graphs.Kernels;

namespace Maskwright.Graphs.Onnx.Native;

/// <summary>Hands the runtime's tensors and threads to <see cref="DequantizedRows"/>: sums [...,O], scales [rows,2], steps, totals and bias [O] to [...,O].</summary>
internal sealed unsafe class DequantizedRowsKernel(nint kernelInfo) : IKernel
{
    private const int RowsOfTask = 32;

    private readonly bool _gelu = OrtFunctions.GetIntegerAttribute(kernelInfo, "gelu\0"u8) != 0;

    public void Compute(nint context)
    {
        var sizes = OrtFunctions.GetInputSizes(context, 0);
        var (rows, width) = (QuantizedRowsKernel.RowCount(sizes), (int)sizes[^1]);
        var sums = OrtFunctions.GetInput<int>(context, 0);
        var scales = OrtFunctions.GetInput(context, 1);
        var layer = new ByteConstants(OrtFunctions.GetInput(context, 2), OrtFunctions.GetInput(context, 3), OrtFunctions.GetInput(context, 4));
        var y = OrtFunctions.GetOutput(context, 0, sizes);
        RuntimeThreads.Run(context, (rows + RowsOfTask - 1) / RowsOfTask, task =>
        {
            long first = task * RowsOfTask;
            DequantizedRows.Run(sums + (first * width), scales + (2 * first), layer, y + (first * width), (int)Math.Min(RowsOfTask, rows - first), width, _gelu);
        });
    }
}
