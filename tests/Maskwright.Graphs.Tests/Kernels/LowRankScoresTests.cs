using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Maskwright.Graphs.Kernels;
using Maskwright.Testing;
using Xunit;

namespace Maskwright.Graphs.Tests.Kernels;

public sealed unsafe class LowRankScoresTests
{
    private delegate void Kernel(in LowRankScoresBuffers buffers);

    private static Kernel[] Widths =>
    [
        RunBackwards<FloatLanes128, Vector128<float>>,
        .. Vector256.IsHardwareAccelerated ? new Kernel[] { RunBackwards<FloatLanes256, Vector256<float>> } : [],
        .. Avx512DQ.IsSupported ? new Kernel[] { RunBackwards<FloatLanes512, Vector512<float>> } : [],
    ];

    [Theory]
    [InlineData(2, 8, 7, 16, 112, 300, true)]
    [InlineData(3, 2, 5, 4, 3, 37, false)]
    [InlineData(1, 1, 1, 1, 1, 1, true)]
    public void Equals_its_scalar_form(int prompts, int heads, int tokens, int width, int rows, int cells, bool isOneForAll)
    {
        float[] Run(Kernel kernel) => Scores(kernel, prompts, heads, tokens, width, rows, cells, isOneForAll);

        var expected = Run(LowRankScores.RunScalar);

        foreach (var kernel in Widths)
        {
            Assert.All(expected.Zip(Run(kernel)), pair => Assert.Equal(pair.First, pair.Second, 2e-5f * Math.Max(1, Math.Abs(pair.First))));
        }
    }

    private static float[] Scores(Kernel kernel, int prompts, int heads, int tokens, int width, int rows, int cells, bool isOneForAll)
    {
        var (all, alike) = (heads * tokens, isOneForAll ? 1 : prompts);
        var scores = new float[prompts * all * cells];
        Array.Fill(scores, float.NaN);
        fixed (float* vectors = SyntheticTensor.Input("vectors", prompts, all, width), image = SyntheticTensor.Input("image", heads, width, cells), positions = SyntheticTensor.Input("positions", heads, width, cells))
        fixed (float* mixed = SyntheticTensor.Input("mixed", prompts, all, rows), shares = SyntheticTensor.Input("shares", prompts, rows, cells), factor = SyntheticTensor.Input("factor", alike, cells))
        fixed (float* constant = SyntheticTensor.Input("constant", alike, all), divisor = SyntheticTensor.Input("divisor", prompts, cells), output = scores)
        {
            kernel(new LowRankScoresBuffers(prompts, heads, tokens, width, rows, cells)
            {
                Vectors = vectors, Image = image, Positions = positions, Mixed = mixed, Shares = shares, Factor = factor, FactorStride = isOneForAll ? 0 : cells,
                Constant = constant, ConstantStride = isOneForAll ? 0 : all, Divisor = divisor, Scores = output,
            });
        }

        return scores;
    }

    private static void RunBackwards<TLanes, TVector>(in LowRankScoresBuffers buffers)
        where TLanes : struct, IFloatLanes<TVector>
        where TVector : unmanaged
    {
        for (var task = LowRankScores.TaskCount(buffers) - 1; task >= 0; task--)
        {
            LowRankScores.RunTask<TLanes, TVector>(task, buffers);
        }
    }
}
