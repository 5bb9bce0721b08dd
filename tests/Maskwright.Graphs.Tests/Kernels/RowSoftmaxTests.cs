using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Maskwright.Graphs.Kernels;
using Maskwright.Testing;
using Xunit;

namespace Maskwright.Graphs.Tests.Kernels;

public sealed unsafe class RowSoftmaxTests
{
    private delegate void Kernel(float* x, float* y, int rows, int columns);

    [Theory]
    [InlineData(7, 64)]
    [InlineData(7, 37)]
    [InlineData(3, 3)]
    [InlineData(1, 20)]
    public void Equals_its_scalar_form_also_in_place(int rows, int columns)
    {
        Kernel[] widths =
        [
            RowSoftmax.Run<FloatLanes128, Vector128<float>>,
            .. Vector256.IsHardwareAccelerated ? new Kernel[] { RowSoftmax.Run<FloatLanes256, Vector256<float>> } : [],
            .. Avx512DQ.IsSupported ? new Kernel[] { RowSoftmax.Run<FloatLanes512, Vector512<float>> } : [],
        ];

        var expected = Run(RowSoftmax.RunScalar, rows, columns, inPlace: false);

        foreach (var kernel in widths)
        {
            foreach (var inPlace in new[] { false, true })
            {
                Assert.All(expected.Zip(Run(kernel, rows, columns, inPlace)), pair => Assert.Equal(pair.First, pair.Second, 1e-6f));
            }
        }
    }

    private static float[] Run(Kernel kernel, int rows, int columns, bool inPlace)
    {
        var logits = SyntheticTensor.Input("logits", rows, columns).Select(v => 9 * v).ToArray();
        var shares = inPlace ? logits : new float[logits.Length];
        fixed (float* x = logits, y = shares)
        {
            kernel(x, y, rows, columns);
        }

        return shares;
    }
}
