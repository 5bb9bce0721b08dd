using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Maskwright.Graphs.Kernels;
using Maskwright.Testing;
using Xunit;

namespace Maskwright.Graphs.Tests.Kernels;

public sealed unsafe class MultiHeadAttentionTests
{
    private delegate void Kernel(in MultiHeadAttentionShape shape, in MultiHeadAttentionBuffers buffers);

    private static Kernel[] Widths =>
    [
        RunBackwards<FloatLanes128, Vector128<float>>,
        .. Vector256.IsHardwareAccelerated ? new Kernel[] { RunBackwards<FloatLanes256, Vector256<float>> } : [],
        .. Avx512DQ.IsSupported ? new Kernel[] { RunBackwards<FloatLanes512, Vector512<float>> } : [],
        RunInParallel,
    ];

    [Theory]
    [InlineData(2, 7, 600, 8, 16)]
    [InlineData(2, 600, 7, 8, 16)]
    [InlineData(3, 9, 9, 8, 32)]
    [InlineData(1, 1, 1, 1, 1)]
    [InlineData(1, 1030, 33, 2, 5)]
    [InlineData(2, 130, 257, 1, 3)]
    public void Equals_its_scalar_form(int batch, int queries, int keys, int heads, int headWidth)
    {
        var shape = new MultiHeadAttentionShape(batch, queries, keys, heads, headWidth, 0.7f);

        AssertEqualsScalar(shape, (q, k, v, o) => new MultiHeadAttentionBuffers
        {
            Query = AttentionOperand.Dense(q, queries, heads, headWidth),
            Key = AttentionOperand.Dense(k, keys, heads, headWidth),
            Value = AttentionOperand.Dense(v, keys, heads, headWidth),
            Output = AttentionOperand.Dense(o, queries, heads, headWidth),
        });
    }

    [Fact]
    public void Lets_all_batches_share_keys_and_values()
    {
        var shape = new MultiHeadAttentionShape(3, 6, 70, 2, 16, 0.25f);

        AssertEqualsScalar(shape, (q, k, v, o) => new MultiHeadAttentionBuffers
        {
            Query = AttentionOperand.Dense(q, 6, 2, 16),
            Key = AttentionOperand.Dense(k, 70, 2, 16, isShared: true),
            Value = AttentionOperand.Dense(v, 70, 2, 16, isShared: true),
            Output = AttentionOperand.Dense(o, 6, 2, 16),
        });
    }

    [Theory]
    [InlineData(49, 32)]
    [InlineData(196, 32)]
    [InlineData(64, 12)]
    public void Adds_a_bias_to_heads_of_a_fused_projection(int tokens, int headWidth)
    {
        const int Heads = 3;
        var shape = new MultiHeadAttentionShape(2, tokens, tokens, Heads, headWidth, 0.2f);
        var bias = SyntheticTensor.Input("attention_bias", Heads, tokens, tokens);
        fixed (float* b = bias)
        {
            var pointer = (nint)b;
            var row = 3 * Heads * headWidth; // [B,N,heads,3*width]: q, k and v side by side within a head
            AssertEqualsScalar(shape, (q, _, _, o) => new MultiHeadAttentionBuffers
            {
                Query = new AttentionOperand(q, (long)tokens * row, row, 3 * headWidth),
                Key = new AttentionOperand(q + headWidth, (long)tokens * row, row, 3 * headWidth),
                Value = new AttentionOperand(q + (2 * headWidth), (long)tokens * row, row, 3 * headWidth),
                Output = AttentionOperand.Dense(o, tokens, Heads, headWidth),
                Bias = (float*)pointer,
            });
        }
    }

    [Fact]
    public void Refuses_impossible_sizes()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => MultiHeadAttention.TaskCount(new(1, 4, 0, 1, 8, 1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => MultiHeadAttention.TaskCount(new(1, 4, 4, 1, 8, float.PositiveInfinity)));
    }

    private delegate MultiHeadAttentionBuffers Layout(float* query, float* key, float* value, float* output);

    private static void AssertEqualsScalar(MultiHeadAttentionShape shape, Layout layout)
    {
        var expected = Run(MultiHeadAttentionScalar.Run, shape, layout);
        foreach (var kernel in Widths)
        {
            var actual = Run(kernel, shape, layout);
            for (var i = 0; i < expected.Length; i++)
            {
                Assert.Equal(expected[i], actual[i], 3e-6f);
            }
        }
    }

    private static float[] Run(Kernel kernel, MultiHeadAttentionShape shape, Layout layout)
    {
        var output = new float[shape.Batch * shape.Queries * shape.Heads * shape.HeadWidth];
        Array.Fill(output, float.NaN);
        var keyCount = shape.Batch * shape.Keys * shape.Heads * shape.HeadWidth;
        fixed (float* q = SyntheticTensor.Input("query", 3 * output.Length), k = SyntheticTensor.Input("key", keyCount))
        fixed (float* v = SyntheticTensor.Input("value", keyCount), o = output)
        {
            kernel(shape, layout(q, k, v, o));
        }

        return output;
    }

    private static void RunInParallel(in MultiHeadAttentionShape shape, in MultiHeadAttentionBuffers buffers) => MultiHeadAttention.Run(shape, buffers, 2);

    private static void RunBackwards<TLanes, TVector>(in MultiHeadAttentionShape shape, in MultiHeadAttentionBuffers buffers)
        where TLanes : struct, IFloatLanes<TVector>
        where TVector : unmanaged
    {
        for (var task = MultiHeadAttention.TaskCount(shape) - 1; task >= 0; task--)
        {
            MultiHeadAttention.RunTask<TLanes, TVector>(task, shape, buffers);
        }
    }
}
