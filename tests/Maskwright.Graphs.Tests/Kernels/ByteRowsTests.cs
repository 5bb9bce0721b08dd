using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Maskwright.Graphs.Kernels;
using Maskwright.Testing;
using Xunit;

namespace Maskwright.Graphs.Tests.Kernels;

/// <summary>Rows to bytes and back.</summary>
public sealed unsafe class ByteRowsTests
{
    private delegate void Quantizer(float* x, byte* bytes, float* scales, int rows, int width);

    private delegate void Dequantizer(int* sums, float* scales, ByteConstants layer, float* y, int rows, int width, bool gelu);

    [Theory]
    [InlineData(3, 64)]
    [InlineData(2, 37)]
    [InlineData(2, 3)]
    public void Bytes_equal_those_of_the_scalar_form(int rows, int width)
    {
        Quantizer[] widths =
        [
            QuantizedRows.Run<FloatLanes128, Vector128<float>>,
            .. Vector256.IsHardwareAccelerated ? new Quantizer[] { QuantizedRows.Run<FloatLanes256, Vector256<float>> } : [],
            .. Avx512DQ.IsSupported ? new Quantizer[] { QuantizedRows.Run<FloatLanes512, Vector512<float>> } : [],
        ];

        var (expected, scales) = Quantize(QuantizedRows.RunScalar, rows, width);

        foreach (var kernel in widths)
        {
            var (bytes, own) = Quantize(kernel, rows, width);
            Assert.Equal(expected, bytes);
            Assert.Equal(scales, own);
        }
    }

    [Fact]
    public void A_byte_stands_for_the_nearest_number_of_its_row()
    {
        var (rows, width) = (4, 50);
        var x = Numbers(rows, width);

        var (bytes, scales) = Quantize(QuantizedRows.Run, rows, width);

        for (var i = 0; i < x.Length; i++)
        {
            var (step, zero) = (scales[i / width * 2], scales[(i / width * 2) + 1]);
            Assert.InRange(MathF.Abs(((bytes[i] - zero) * step) - x[i]), 0, 0.501f * step);
        }
    }

    [Fact]
    public void A_row_of_zeros_is_zeros()
    {
        var x = stackalloc float[20];
        var bytes = stackalloc byte[20];
        var scales = stackalloc float[2];

        QuantizedRows.Run(x, bytes, scales, 1, 20);

        Assert.Equal(1, scales[0]);
        Assert.All(new Span<byte>(bytes, 20).ToArray(), value => Assert.Equal(scales[1], value));
    }

    [Theory]
    [InlineData(3, 64, true)]
    [InlineData(2, 37, false)]
    [InlineData(2, 3, true)]
    public void Sums_become_the_numbers_of_the_scalar_form(int rows, int width, bool gelu)
    {
        Dequantizer[] widths =
        [
            DequantizedRows.Run<FloatLanes128, Vector128<float>>,
            .. Vector256.IsHardwareAccelerated ? new Dequantizer[] { DequantizedRows.Run<FloatLanes256, Vector256<float>> } : [],
            .. Avx512DQ.IsSupported ? new Dequantizer[] { DequantizedRows.Run<FloatLanes512, Vector512<float>> } : [],
        ];

        var expected = Dequantize(DequantizedRows.RunScalar, rows, width, gelu);

        foreach (var kernel in widths)
        {
            Assert.All(expected.Zip(Dequantize(kernel, rows, width, gelu)), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
        }
    }

    private static float[] Numbers(int rows, int width) => [.. SyntheticTensor.Input("rows", rows, width).Select((value, i) => (value + 0.2f) * (1 + (i / width)))];

    private static (byte[] Bytes, float[] Scales) Quantize(Quantizer kernel, int rows, int width)
    {
        var (numbers, bytes, scales) = (Numbers(rows, width), new byte[rows * width], new float[rows * 2]);
        fixed (float* x = numbers, s = scales)
        fixed (byte* b = bytes)
        {
            kernel(x, b, s, rows, width);
        }

        return (bytes, scales);
    }

    private static float[] Dequantize(Dequantizer kernel, int rows, int width, bool gelu)
    {
        int[] sums = [.. SyntheticTensor.Input("sums", rows, width).Select(value => (int)(20_000 * value))];
        float[] steps = [.. SyntheticTensor.Input("steps", width).Select(value => 1e-3f * (2 + value))], totals = SyntheticTensor.Input("totals", width), bias = SyntheticTensor.Input("bias", width);
        float[] scales = [.. Enumerable.Range(0, rows).SelectMany(row => new[] { 0.1f / (row + 1), 3f * row })];
        var numbers = new float[rows * width];
        fixed (int* a = sums)
        fixed (float* s = scales, w = steps, t = totals, b = bias, y = numbers)
        {
            kernel(a, s, new ByteConstants(w, t, b), y, rows, width, gelu);
        }

        return numbers;
    }
}
