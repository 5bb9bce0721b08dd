using Maskwright.Graphs.Kernels;

namespace Maskwright.Graphs.Onnx.Native;

/// <summary>Hands the runtime's tensors and threads to <see cref="MultiHeadAttention"/>: fused [B,N,heads*3c], head by head, and bias [heads,keys,queries].</summary>
internal sealed unsafe class BiasedSelfAttentionKernel(nint kernelInfo) : IKernel
{
    private readonly int _heads = (int)OrtFunctions.GetIntegerAttribute(kernelInfo, "heads\0"u8);

    public void Compute(nint context)
    {
        var sizes = OrtFunctions.GetInputSizes(context, 0);
        var (batch, tokens, row) = ((int)sizes[0], (int)sizes[1], (int)sizes[2]);
        var width = row / _heads / 3;
        var shape = new MultiHeadAttentionShape(batch, tokens, tokens, _heads, width, (float)(1 / Math.Sqrt(width)));
        var fused = OrtFunctions.GetInput(context, 0);
        AttentionOperand Part(int index) => new(fused + (index * width), (long)tokens * row, row, 3L * width);
        var buffers = new MultiHeadAttentionBuffers
        {
            Query = Part(0),
            Key = Part(1),
            Value = Part(2),
            Bias = OrtFunctions.GetInput(context, 1),
            Output = AttentionOperand.Dense(OrtFunctions.GetOutput(context, 0, [batch, tokens, row / 3]), tokens, _heads, width),
        };
        RuntimeThreads.Run(context, MultiHeadAttention.TaskCount(shape), task => MultiHeadAttention.RunTask(task, shape, buffers));
    }
}
