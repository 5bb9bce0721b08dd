using Maskwright.Graphs.Kernels;

namespace Maskwright.Graphs.Onnx.Native;

/// <summary>Hands the runtime's tensors and threads to <see cref="UpscaledMasks"/>.</summary>
internal sealed unsafe class UpscaledMasksKernel(nint kernelInfo) : IKernel
{
    private readonly int _side = (int)OrtFunctions.GetIntegerAttribute(kernelInfo, "side\0"u8);
    private readonly float _epsilon = OrtFunctions.GetFloatAttribute(kernelInfo, "epsilon\0"u8);

    public void Compute(nint context)
    {
        var (shares, filters) = (OrtFunctions.GetInputSizes(context, 0), OrtFunctions.GetInputSizes(context, 11));
        var narrow = (int)OrtFunctions.GetInputSizes(context, 7)[0];
        var shape = new UpscaledMasksShape((int)shares[0], (int)shares[1], _side, narrow, (int)filters[2], (int)filters[1], _epsilon);
        float* Input(int index) => OrtFunctions.GetInput(context, index);
        var buffers = new UpscaledMasksBuffers
        {
            Shares = Input(0),
            Rows = Input(1),
            Image = Input(2),
            Divisor = Input(3),
            Upscaled = Input(4),
            Constant = Input(5),
            Bias = Input(6),
            NormWeight = Input(7),
            NormBias = Input(8),
            Second = Input(9),
            SecondBias = Input(10),
            Filters = Input(11),
            Masks = OrtFunctions.GetOutput(context, 0, [shape.Prompts, shape.Masks, 4L * _side, 4L * _side]),
        };
        RuntimeThreads.Run(context, UpscaledMasks.TaskCount(shape), task => UpscaledMasks.RunTask(task, shape, buffers));
    }
}
