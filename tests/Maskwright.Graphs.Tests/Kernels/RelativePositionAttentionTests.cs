using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Maskwright.Graphs.Kernels;
using Xunit;

namespace Maskwright.Graphs.Tests.Kernels;

public sealed class RelativePositionAttentionTests
{
    [Theory]
    [InlineData(1, 8, 8, 2, 14, 0)]
    [InlineData(1, 8, 8, 1, 64, 0)]
    [InlineData(1, 6, 9, 2, 80, 0)]
    [InlineData(2, 5, 7, 3, 6, 0)]
    [InlineData(1, 1, 1, 1, 1, 0)]
    [InlineData(1, 1, 13, 1, 5, 0)]
    [InlineData(1, 13, 1, 2, 3, 0)]
    [InlineData(1, 3, 300, 1, 12, 0)]
    [InlineData(1, 20, 33, 1, 32, 0)]
    [InlineData(1, 16, 16, 4, 12, 5)]
    [InlineData(2, 16, 16, 2, 14, 14)]
    [InlineData(1, 28, 20, 1, 64, 14)]
    [InlineData(1, 7, 10, 2, 17, 7)]
    [InlineData(1, 3, 2, 2, 8, 14)]
    [InlineData(1, 14, 29, 1, 32, 7)]
    public void Equals_its_scalar_form(int batch, int height, int width, int heads, int headWidth, int window)
    {
        var shape = new RelativePositionAttentionShape(batch, height, width, heads, headWidth, window, 1 / MathF.Sqrt(headWidth));
        var attention = new AttentionCase(shape);

        var expected = attention.Run(RelativePositionAttentionScalar.Run);
        var actual = Array.ConvertAll(Widths, width => attention.Run(width));

        Assert.All(actual, values => AssertClose(expected, values));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    public void Goes_without_tables_and_without_a_bias(int window)
    {
        var attention = new AttentionCase(new RelativePositionAttentionShape(1, 11, 9, 2, 10, window, 0.3f), positions: false, bias: false);

        var expected = attention.Run(RelativePositionAttentionScalar.Run);
        var actual = attention.Run(RunInParallel);

        AssertClose(expected, actual);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    public void Stays_finite_when_one_key_takes_all_the_weight(int window)
    {
        var attention = new AttentionCase(new RelativePositionAttentionShape(1, 14, 14, 1, 16, window, 1), spread: 60);

        var expected = attention.Run(RelativePositionAttentionScalar.Run);
        var actual = attention.Run(RunInParallel);

        Assert.All(actual, value => Assert.True(float.IsFinite(value)));
        AssertClose(expected, actual, 60 * 2e-2f); // logits reach 20 000, where a float32 step is 2e-3
    }

    [Fact]
    public void Gives_the_same_bits_whatever_runs_its_tasks()
    {
        var attention = new AttentionCase(new RelativePositionAttentionShape(2, 20, 33, 3, 14, 14, 0.25f));

        var parallel = attention.Run(RunInParallel);
        var backwards = attention.Run(RunBackwards);

        Assert.Equal(parallel, backwards);
    }

    [Fact]
    public void Refuses_impossible_sizes()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => RelativePositionAttention.TaskCount(new(1, 0, 4, 1, 8, 0, 1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => RelativePositionAttention.TaskCount(new(1, 4, 4, 1, 8, -1, 1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => RelativePositionAttention.TaskCount(new(1, 4, 4, 1, 8, 0, float.NaN)));
    }

    private static AttentionCase.Kernel[] Widths =>
    [
        RunBackwards<FloatLanes128, Vector128<float>>,
        .. Vector256.IsHardwareAccelerated ? new AttentionCase.Kernel[] { RunBackwards<FloatLanes256, Vector256<float>> } : [],
        .. Avx512DQ.IsSupported ? new AttentionCase.Kernel[] { RunBackwards<FloatLanes512, Vector512<float>> } : [],
    ];

    private static void RunBackwards<TLanes, TVector>(in RelativePositionAttentionShape shape, in RelativePositionAttentionBuffers buffers)
        where TLanes : struct, IFloatLanes<TVector>
        where TVector : unmanaged
    {
        for (var task = RelativePositionAttention.TaskCount(shape) - 1; task >= 0; task--)
        {
            RelativePositionAttention.RunTask<TLanes, TVector>(task, shape, buffers);
        }
    }

    private static void RunInParallel(in RelativePositionAttentionShape shape, in RelativePositionAttentionBuffers buffers) =>
        RelativePositionAttention.Run(shape, buffers, 2);

    private static void RunBackwards(in RelativePositionAttentionShape shape, in RelativePositionAttentionBuffers buffers)
    {
        for (var task = RelativePositionAttention.TaskCount(shape) - 1; task >= 0; task--)
        {
            RelativePositionAttention.RunTask(task, shape, buffers);
        }
    }

    private static void AssertClose(float[] expected, float[] actual, float tolerance = 5e-6f)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], tolerance);
        }
    }
}
