using Maskwright.Graphs.Kernels;

namespace Maskwright.Graphs.Onnx.Native;

/// <summary>Hands the runtime's tensors and threads to <see cref="LowRankScores"/>.</summary>
internal sealed unsafe class LowRankScoresKernel : IKernel
{
    public void Compute(nint context)
    {
        var (vectors, shares) = (OrtFunctions.GetInputSizes(context, 0), OrtFunctions.GetInputSizes(context, 4));
        var (prompts, heads, tokens, width, rows, cells) = ((int)vectors[0], (int)vectors[1], (int)vectors[2], (int)vectors[3], (int)shares[1], (int)shares[2]);
        float* Input(int index) => OrtFunctions.GetInput(context, index);
        nint Stride(int index, int floats) => OrtFunctions.GetInputSizes(context, index)[0] == 1 ? 0 : floats; // a batch of 1 serves all
        var buffers = new LowRankScoresBuffers(prompts, heads, tokens, width, rows, cells)
        {
            Vectors = Input(0),
            Image = Input(1),
            Positions = Input(2),
            Mixed = Input(3),
            Shares = Input(4),
            Factor = Input(5),
            FactorStride = Stride(5, cells),
            Constant = Input(6),
            ConstantStride = Stride(6, heads * tokens),
            Divisor = Input(7),
            Scores = OrtFunctions.GetOutput(context, 0, [prompts, heads, tokens, cells]),
        };
        RuntimeThreads.Run(context, LowRankScores.TaskCount(buffers), task => LowRankScores.RunTask(task, buffers));
    }
}
