using Maskwright.Graphs.Kernels;

namespace Maskwright.Graphs.Onnx.Native;

/// <summary>
/// Hands the runtime's tensors and threads to <see cref="DequantizedMap"/>: sums [B,H,W,O], scales [B,2], steps, totals and bias [O], perhaps a map to add
/// [B,O,H,W], to [B,O,H,W].
/// </summary>
internal sealed unsafe class DequantizedMapKernel(nint kernelInfo, bool hasResidual) : IKernel
{
    private const int PixelsOfTask = 128;

    private readonly bool _relu = OrtFunctions.GetIntegerAttribute(kernelInfo, "relu\0"u8) != 0;

    public void Compute(nint context)
    {
        var sizes = OrtFunctions.GetInputSizes(context, 0);
        var (images, pixels, channels) = ((int)sizes[0], checked((int)(sizes[1] * sizes[2])), (int)sizes[3]);
        var sums = OrtFunctions.GetInput<int>(context, 0);
        var scales = OrtFunctions.GetInput(context, 1);
        var layer = new ByteConstants(OrtFunctions.GetInput(context, 2), OrtFunctions.GetInput(context, 3), OrtFunctions.GetInput(context, 4));
        var residual = hasResidual ? OrtFunctions.GetInput(context, 5) : null;
        var map = OrtFunctions.GetOutput(context, 0, [images, channels, sizes[1], sizes[2]]);
        var tasks = (pixels + PixelsOfTask - 1) / PixelsOfTask;
        RuntimeThreads.Run(context, images * tasks, task =>
        {
            var (image, part) = Math.DivRem(task, tasks);
            var place = (long)image * pixels * channels;
            var buffers = new DequantizedMapBuffers(pixels, channels)
            {
                Sums = sums + place,
                Scale = new ByteScale(scales[2 * image], scales[(2 * image) + 1]),
                Layer = layer,
                Residual = residual is null ? null : residual + place,
                Relu = _relu,
                Map = map + place,
            };
            DequantizedMap.Run(buffers, part * PixelsOfTask, Math.Min(PixelsOfTask, pixels - (part * PixelsOfTask)));
        });
    }
}
