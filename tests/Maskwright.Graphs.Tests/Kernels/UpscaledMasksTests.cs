using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Maskwright.Graphs.Kernels;
using Maskwright.Testing;
using Xunit;

namespace Maskwright.Graphs.Tests.Kernels;

public sealed unsafe class UpscaledMasksTests
{
    private delegate void Kernel(in UpscaledMasksShape shape, in UpscaledMasksBuffers buffers);

    private static Kernel[] Widths =>
    [
        RunBackwards<FloatLanes128, Vector128<float>>,
        .. Vector256.IsHardwareAccelerated ? new Kernel[] { RunBackwards<FloatLanes256, Vector256<float>> } : [],
        .. Avx512DQ.IsSupported ? new Kernel[] { RunBackwards<FloatLanes512, Vector512<float>> } : [],
    ];

    [Theory]
    [InlineData(2, 112, 8, 64, 32, 3)]
    [InlineData(1, 14, 7, 16, 8, 1)]
    [InlineData(3, 5, 1, 4, 2, 4)]
    [InlineData(1, 3, 36, 8, 4, 2)]
    public void Equals_its_scalar_form(int prompts, int rows, int side, int narrow, int last, int masks)
    {
        var shape = new UpscaledMasksShape(prompts, rows, side, narrow, last, masks, 1e-6f);

        var expected = Run(UpscaledMasksScalar.Run, shape);

        foreach (var kernel in Widths)
        {
            var actual = Run(kernel, shape);
            for (var i = 0; i < expected.Length; i++)
            {
                Assert.Equal(expected[i], actual[i], 1e-5f * Math.Max(1, Math.Abs(expected[i])));
            }
        }
    }

    [Fact]
    public void Refuses_impossible_sizes() => Assert.Throws<ArgumentOutOfRangeException>(() => UpscaledMasks.TaskCount(new(1, 0, 4, 4, 2, 1, 1e-6f)));

    private static float[] Run(Kernel kernel, UpscaledMasksShape s)
    {
        var masks = new float[s.Prompts * s.Masks * 16 * s.Cells];
        Array.Fill(masks, float.NaN);
        fixed (float* shares = Some("shares", s.Prompts, s.Rows, s.Cells), rows = Some("rows", s.Prompts, s.Wide, s.Rows), image = Some("image", s.Prompts, s.Cells))
        fixed (float* divisor = Some("divisor", s.Prompts, s.Cells), upscaled = Some("upscaled", s.Wide, s.Cells), constant = Some("constant", s.Wide), bias = Some("bias", s.Wide))
        fixed (float* weight = Some("weight", s.Narrow), shift = Some("shift", s.Narrow), second = Some("second", 4 * s.Last, s.Narrow), secondBias = Some("second_bias", s.Last))
        fixed (float* filters = Some("filters", s.Prompts, s.Masks, s.Last), output = masks)
        {
            kernel(s, new UpscaledMasksBuffers
            {
                Shares = shares, Rows = rows, Image = image, Divisor = divisor, Upscaled = upscaled, Constant = constant, Bias = bias,
                NormWeight = weight, NormBias = shift, Second = second, SecondBias = secondBias, Filters = filters, Masks = output,
            });
        }

        return masks;
    }

    private static float[] Some(string name, params int[] sizes) => SyntheticTensor.Input(name, [.. sizes]);

    private static void RunBackwards<TLanes, TVector>(in UpscaledMasksShape shape, in UpscaledMasksBuffers buffers)
        where TLanes : struct, IFloatLanes<TVector>
        where TVector : unmanaged
    {
        for (var task = UpscaledMasks.TaskCount(shape) - 1; task >= 0; task--)
        {
            UpscaledMasks.RunTask<TLanes, TVector>(task, shape, buffers);
        }
    }
}
