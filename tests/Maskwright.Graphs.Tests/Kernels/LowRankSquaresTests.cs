using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Maskwright.Graphs.Kernels;
using Maskwright.Testing;
using Xunit;

namespace Maskwright.Graphs.Tests.Kernels;

public sealed unsafe class LowRankSquaresTests
{
    private delegate void Kernel(in LowRankSquaresBuffers buffers);

    [Theory]
    [InlineData(112, 64)]
    [InlineData(5, 37)]
    [InlineData(1, 1)]
    public void Equals_its_scalar_form(int rows, int columns)
    {
        Kernel[] widths =
        [
            LowRankSquares.Run<FloatLanes128, Vector128<float>>,
            .. Vector256.IsHardwareAccelerated ? new Kernel[] { LowRankSquares.Run<FloatLanes256, Vector256<float>> } : [],
            .. Avx512DQ.IsSupported ? new Kernel[] { LowRankSquares.Run<FloatLanes512, Vector512<float>> } : [],
        ];

        var expected = Run(LowRankSquares.RunScalar, rows, columns);

        foreach (var kernel in widths)
        {
            var actual = Run(kernel, rows, columns);
            Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 2e-5f * Math.Max(1, Math.Abs(pair.First))));
        }
    }

    private static float[] Run(Kernel kernel, int rows, int columns)
    {
        var squares = new float[columns];
        Array.Fill(squares, float.NaN);
        fixed (float* shares = SyntheticTensor.Input("shares", rows, columns), products = SyntheticTensor.Input("products", rows, rows), across = SyntheticTensor.Input("across", rows, columns))
        fixed (float* factor = SyntheticTensor.Input("factor", columns), along = SyntheticTensor.Input("along", rows), output = squares)
        {
            kernel(new LowRankSquaresBuffers(rows, columns) { Shares = shares, Products = products, Across = across, Factor = factor, Along = along, Squares = output });
        }

        return squares;
    }
}
