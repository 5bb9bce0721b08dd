using System.Runtime.InteropServices;
using Maskwright.Graphs.Kernels;
using Maskwright.Testing;
using Xunit;

namespace Maskwright.Graphs.Tests.Kernels;

[Trait("Kind", "parity")]
public sealed unsafe class RelativePositionAttentionGoldenTests
{
    private const int Width = 48;
    private const int Side = 16;

    [Theory]
    [InlineData(0, 5, false)]
    [InlineData(0, 5, true)]
    [InlineData(1, 0, false)]
    [InlineData(1, 0, true)]
    public void Equals_the_attention_of_the_reference(int block, int window, bool fast)
    {
        var expected = ReadNpy(Goldens.Open("sam_tiny", "attention_internals",
            window == 0 ? "global_attn_block_first_global.npy" : "window_attn_block0.npy"));
        var x = SyntheticTensor.Input("input:win", 1, Side, Side, Width);

        var qkv = Linear(x, block, "qkv", 3 * Width);
        var attended = Attend(qkv, block, window, fast);
        var actual = Linear(attended, block, "proj", Width);

        var side = window == 0 ? Side : window;
        var across = (Side + side - 1) / side;
        for (var i = 0; i < actual.Length; i++)
        {
            var (y, x0, c) = (i / Width / Side, i / Width % Side, i % Width);
            var windowIndex = (y / side * across) + (x0 / side);
            var at = (((((windowIndex * side) + (y % side)) * side) + (x0 % side)) * Width) + c;
            Assert.Equal(expected[at], actual[i], 2e-6f);
        }
    }

    private static float[] Attend(float[] qkv, int block, int window, bool fast)
    {
        var shape = new RelativePositionAttentionShape(1, Side, Side, 4, Width / 4, window, 1 / MathF.Sqrt(Width / 4f));
        var output = new float[Side * Side * Width];
        fixed (float* q = qkv, b = Weight(block, "qkv.bias", 3 * Width), o = output)
        fixed (float* h = Weight(block, "rel_pos_h", (2 * shape.KeyHeight) - 1, Width / 4), w = Weight(block, "rel_pos_w", (2 * shape.KeyWidth) - 1, Width / 4))
        {
            var buffers = new RelativePositionAttentionBuffers { Qkv = q, QkvBias = b, TableHeight = h, TableWidth = w, Output = o };
            if (fast)
            {
                RelativePositionAttention.Run(shape, buffers, 2);
            }
            else
            {
                RelativePositionAttentionScalar.Run(shape, buffers);
            }
        }

        return output;
    }

    private static float[] Linear(float[] x, int block, string name, int outputs)
    {
        var weight = Weight(block, name + ".weight", outputs, Width);
        var bias = Weight(block, name + ".bias", outputs);
        var y = new float[x.Length / Width * outputs];
        for (var i = 0; i < y.Length; i++)
        {
            var (token, o) = (i / outputs, i % outputs);
            var sum = (double)bias[o];
            for (var c = 0; c < Width; c++)
            {
                sum += (double)x[(token * Width) + c] * weight[(o * Width) + c];
            }

            y[i] = (float)sum;
        }

        return y;
    }

    private static float[] Weight(int block, string name, params long[] shape) =>
        SyntheticTensor.Weight($"image_encoder.blocks.{block}.attn.{name}", shape);

    private static float[] ReadNpy(string path)
    {
        var bytes = File.ReadAllBytes(path);
        return MemoryMarshal.Cast<byte, float>(bytes.AsSpan(10 + BitConverter.ToUInt16(bytes, 8))).ToArray();
    }
}
