using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Maskwright.Graphs.Kernels;
using Maskwright.Testing;
using Xunit;

namespace Maskwright.Graphs.Tests.Kernels;

/// <summary>Maps to windows of bytes and back.</summary>
public sealed unsafe class ByteMapsTests
{
    private delegate void Quantizer(float* x, ByteScale scale, BytePatchesShape shape, byte* bytes);

    private delegate void Dequantizer(DequantizedMapBuffers buffers, int first, int count);

    [Theory]
    [InlineData(8, 40)]
    [InlineData(6, 19)]
    [InlineData(3, 5)]
    public void Bytes_of_a_row_equal_those_of_the_scalar_form(int channels, int width)
    {
        var shape = new BytePatchesShape(channels, 2, width, Kernel: 3, Stride: 1, Padding: 1, Dilation: 1);
        Quantizer[] widths =
        [
            QuantizedPatches.Bytes<FloatLanes128, Vector128<float>>,
            .. Vector256.IsHardwareAccelerated ? new Quantizer[] { QuantizedPatches.Bytes<FloatLanes256, Vector256<float>> } : [],
            .. Avx512DQ.IsSupported ? new Quantizer[] { QuantizedPatches.Bytes<FloatLanes512, Vector512<float>> } : [],
        ];

        var expected = Bytes(QuantizedPatches.BytesScalar, shape);

        Assert.All(widths, kernel => Assert.Equal(expected, Bytes(kernel, shape)));
    }

    [Theory]
    [InlineData(3, 1, 1, 1)]
    [InlineData(3, 2, 1, 1)]
    [InlineData(3, 1, 2, 2)]
    [InlineData(1, 1, 0, 1)]
    public void A_window_holds_its_taps_in_order(int kernel, int stride, int padding, int dilation)
    {
        var shape = new BytePatchesShape(4, 5, 6, kernel, stride, padding, dilation);
        byte[] map = [.. Enumerable.Range(0, shape.PaddedHeight * shape.PaddedWidth * 4).Select(i => (byte)i)];
        var patches = new byte[shape.Rows * shape.Columns * shape.PatchBytes];

        fixed (byte* m = map, p = patches)
        {
            for (var row = 0; row < shape.Rows; row++)
            {
                QuantizedPatches.Patches(m, row, shape, p + (row * shape.Columns * shape.PatchBytes));
            }
        }

        var expected =
            from row in Enumerable.Range(0, shape.Rows)
            from column in Enumerable.Range(0, shape.Columns)
            from y in Enumerable.Range(0, kernel)
            from x in Enumerable.Range(0, kernel)
            from c in Enumerable.Range(0, 4)
            select map[(((((row * stride) + (y * dilation)) * shape.PaddedWidth) + (column * stride) + (x * dilation)) * 4) + c];
        Assert.Equal(expected, patches);
    }

    [Fact]
    public void A_range_holds_zero_and_every_number()
    {
        float[] numbers = [.. Enumerable.Range(0, 37).Select(i => i == 36 ? -3f : i == 5 ? 9f : 1f)];
        fixed (float* x = numbers)
        {
            Assert.Equal((-3f, 9f), QuantizedPatches.Range(x, 37));
            Assert.Equal((0f, 9f), QuantizedPatches.Range(x, 36));
        }
    }

    [Theory]
    [InlineData(50, 24, true, true)]
    [InlineData(33, 17, false, true)]
    [InlineData(64, 16, true, false)]
    [InlineData(3, 16, false, false)]
    [InlineData(20, 5, true, true)]
    public void Sums_become_the_map_of_the_scalar_form(int pixels, int channels, bool hasResidual, bool relu)
    {
        Dequantizer[] widths =
        [
            DequantizedMap.Run<FloatLanes128, Vector128<float>>,
            .. Vector256.IsHardwareAccelerated ? new Dequantizer[] { DequantizedMap.Run<FloatLanes256, Vector256<float>> } : [],
            .. Avx512DQ.IsSupported ? new Dequantizer[] { DequantizedMap.Run<FloatLanes512, Vector512<float>> } : [],
        ];

        var expected = Map(DequantizedMap.RunScalar, pixels, channels, hasResidual, relu);

        foreach (var kernel in widths)
        {
            Assert.All(expected.Zip(Map(kernel, pixels, channels, hasResidual, relu)), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
        }
    }

    private static byte[] Bytes(Quantizer kernel, BytePatchesShape shape)
    {
        var numbers = SyntheticTensor.Input("map", shape.Channels, shape.Height, shape.Width);
        var bytes = new byte[shape.Width * shape.PixelBytes];
        fixed (float* x = numbers)
        fixed (byte* b = bytes)
        {
            kernel(x + shape.Width, ByteScale.Of(-0.9f, 0.8f), shape, b);
        }

        return bytes;
    }

    private static float[] Map(Dequantizer kernel, int pixels, int channels, bool hasResidual, bool relu)
    {
        int[] sums = [.. SyntheticTensor.Input("sums", pixels, channels).Select(value => (int)(20_000 * value))];
        float[] steps = [.. SyntheticTensor.Input("steps", channels).Select(value => 1e-3f * (2 + value))], totals = SyntheticTensor.Input("totals", channels), bias = SyntheticTensor.Input("bias", channels);
        var (residual, map) = (SyntheticTensor.Input("residual", channels, pixels), new float[channels * pixels]);
        fixed (int* a = sums)
        fixed (float* w = steps, t = totals, b = bias, r = residual, y = map)
        {
            var buffers = new DequantizedMapBuffers(pixels, channels)
            {
                Sums = a, Scale = new ByteScale(0.1f, 7), Layer = new ByteConstants(w, t, b), Residual = hasResidual ? r : null, Relu = relu, Map = y,
            };
            kernel(buffers, 0, pixels / 2);
            kernel(buffers, pixels / 2, pixels - (pixels / 2));
        }

        return map;
    }
}
