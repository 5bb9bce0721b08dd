using Maskwright.Graphs.Kernels;

namespace Maskwright.Graphs.Onnx.Native;

/// <summary>Hands the runtime's tensors and threads to <see cref="MultiHeadAttention"/>: q [B,Nq,C], k and v [B,Nk,C]; a batch of 1 serves all.</summary>
internal sealed unsafe class MultiHeadAttentionKernel(nint kernelInfo) : IKernel
{
    private readonly int _heads = (int)OrtFunctions.GetIntegerAttribute(kernelInfo, "heads\0"u8);

    public void Compute(nint context)
    {
        var (q, k) = (OrtFunctions.GetInputSizes(context, 0), OrtFunctions.GetInputSizes(context, 1));
        var (batch, width) = ((int)Math.Max(q[0], k[0]), (int)q[2] / _heads);
        var shape = new MultiHeadAttentionShape(batch, (int)q[1], (int)k[1], _heads, width, (float)(1 / Math.Sqrt(width)));
        AttentionOperand Operand(int input, long[] sizes) =>
            AttentionOperand.Dense(OrtFunctions.GetInput(context, input), (int)sizes[1], _heads, width, isShared: sizes[0] == 1);
        var buffers = new MultiHeadAttentionBuffers
        {
            Query = Operand(0, q),
            Key = Operand(1, k),
            Value = Operand(2, k),
            Output = AttentionOperand.Dense(OrtFunctions.GetOutput(context, 0, [batch, q[1], q[2]]), (int)q[1], _heads, width),
        };
        RuntimeThreads.Run(context, MultiHeadAttention.TaskCount(shape), task => MultiHeadAttention.RunTask(task, shape, buffers));
    }
}
