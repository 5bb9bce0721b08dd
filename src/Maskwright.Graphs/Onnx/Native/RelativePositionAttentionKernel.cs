using System.Runtime.InteropServices;
using Maskwright.Graphs.Kernels;

namespace Maskwright.Graphs.Onnx.Native;

/// <summary>Hands the runtime's tensors and threads to <see cref="RelativePositionAttention"/>.</summary>
internal sealed unsafe class RelativePositionAttentionKernel : IKernel
{
    private readonly int _heads;
    private readonly float _scale;
    private readonly int _window;

    public RelativePositionAttentionKernel(nint kernelInfo)
    {
        _heads = (int)OrtFunctions.GetIntegerAttribute(kernelInfo, "heads\0"u8);
        _scale = OrtFunctions.GetFloatAttribute(kernelInfo, "scale\0"u8);
        _window = (int)OrtFunctions.GetIntegerAttribute(kernelInfo, "window\0"u8);
    }

    public void Compute(nint context)
    {
        var sizes = OrtFunctions.GetInputSizes(context, 0); // [B,H,W,3C]
        var channels = (int)sizes[3] / 3;
        var shape = new RelativePositionAttentionShape((int)sizes[0], (int)sizes[1], (int)sizes[2], _heads, channels / _heads, _window, _scale);
        var output = OrtFunctions.GetOutput(context, 0, [sizes[0], sizes[1], sizes[2], channels]);
        var buffers = new RelativePositionAttentionBuffers
        {
            Qkv = OrtFunctions.GetInput(context, 0),
            TableHeight = OrtFunctions.GetInput(context, 1),
            TableWidth = OrtFunctions.GetInput(context, 2),
            QkvBias = OrtFunctions.GetInput(context, 3),
            Output = output,
        };
        var work = new Work { Shape = shape, Buffers = buffers };
        var handle = GCHandle.Alloc(work);
        try
        {
            OrtFunctions.ParallelFor(context, &RunTask, RelativePositionAttention.TaskCount(shape), (void*)GCHandle.ToIntPtr(handle));
        }
        finally
        {
            handle.Free();
        }

        if (work.Fault is { } fault)
        {
            throw new InvalidOperationException($"The attention kernel failed: {fault.Message}", fault);
        }
    }

    [UnmanagedCallersOnly]
    private static void RunTask(void* state, nuint task)
    {
        var work = (Work)GCHandle.FromIntPtr((nint)state).Target!; // alive until ParallelFor returns
        try
        {
            RelativePositionAttention.RunTask((int)task, work.Shape, work.Buffers);
        }
        catch (Exception fault)
        {
            work.Fault = fault;
        }
    }

    private sealed class Work
    {
        public RelativePositionAttentionShape Shape { get; init; }

        public RelativePositionAttentionBuffers Buffers { get; init; }

        public Exception? Fault { get; set; }
    }
}
