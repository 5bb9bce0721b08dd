using Maskwright.Graphs.Kernels;

namespace Maskwright.Graphs.Onnx.Native;

/// <summary>Hands the runtime's tensors and threads to <see cref="RelativePositionAttention"/>: qkv [B,H,W,3C], two tables, and the projection of a padded token.</summary>
internal sealed unsafe class RelativePositionAttentionKernel(nint kernelInfo) : IKernel
{
    private readonly int _heads = (int)OrtFunctions.GetIntegerAttribute(kernelInfo, "heads\0"u8);
    private readonly float _scale = OrtFunctions.GetFloatAttribute(kernelInfo, "scale\0"u8);
    private readonly int _window = (int)OrtFunctions.GetIntegerAttribute(kernelInfo, "window\0"u8);

    public void Compute(nint context)
    {
        var sizes = OrtFunctions.GetInputSizes(context, 0);
        var channels = (int)sizes[3] / 3;
        var shape = new RelativePositionAttentionShape((int)sizes[0], (int)sizes[1], (int)sizes[2], _heads, channels / _heads, _window, _scale);
        var buffers = new RelativePositionAttentionBuffers
        {
            Qkv = OrtFunctions.GetInput(context, 0),
            TableHeight = OrtFunctions.GetInput(context, 1),
            TableWidth = OrtFunctions.GetInput(context, 2),
            QkvBias = OrtFunctions.GetInput(context, 3),
            Output = OrtFunctions.GetOutput(context, 0, [sizes[0], sizes[1], sizes[2], channels]),
        };
        RuntimeThreads.Run(context, RelativePositionAttention.TaskCount(shape), task => RelativePositionAttention.RunTask(task, shape, buffers));
    }
}
