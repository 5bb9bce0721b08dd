using Maskwright.Graphs.Operations;
using Maskwright.Testing;
using Xunit;

namespace Maskwright.Graphs.Tests.Onnx;

public class ReductionTests
{
    private static readonly Tensor X = Tensor.Of([1f, -2, 4, 3, 5, 9], 1, 2, 3);

    [Theory]
    [InlineData(ReduceFunction.Mean, new float[] { 1, 17f / 3 })]
    [InlineData(ReduceFunction.Sum, new float[] { 3, 17 })]
    [InlineData(ReduceFunction.Max, new float[] { 4, 9 })]
    [InlineData(ReduceFunction.Min, new float[] { -2, 3 })]
    public void Makes_one_number_of_an_axis(ReduceFunction function, float[] expected)
    {
        var kept = GraphProbe.Run((g, v) => g.Apply("r", new Reduce(function, [-1]), v), [1, Dim.Symbolic("N"), 3], X);
        var gone = GraphProbe.Run((g, v) => g.Apply("r", new Reduce(function, [2], KeepAxes: false), v), [1, Dim.Symbolic("N"), 3], X);

        GraphProbe.AssertClose(expected, kept.Floats);
        Assert.Equal([1, 2, 1], kept.Shape);
        Assert.Equal([1, 2], gone.Shape);
    }

    [Fact]
    public void Refuses_axes_that_are_not_there()
    {
        var g = new GraphBuilder("net");
        var x = g.Input("x", 1, 2);

        Assert.Throws<ShapeException>(() => g.Mean(x, [2]));
        Assert.Throws<ShapeException>(() => g.Sum(x, [1, -1]));
    }

    [Theory]
    [Trait("Kind", "parity")]
    [InlineData(UnaryFunction.Silu, "silu")]
    [InlineData(UnaryFunction.HardSwish, "hardswish")]
    [InlineData(UnaryFunction.HardSigmoid, "hardsigmoid")]
    [InlineData(UnaryFunction.Relu6, "relu6")]
    [InlineData(UnaryFunction.Gelu, "gelu_erf")]
    public void Activations_are_the_reference_s(UnaryFunction function, string name)
    {
        var golden = GoldenCase.Open("gradients", "normalisation");
        var x = golden.Output("act_x").Values<float>();

        var y = GraphProbe.Run((g, v) => g.Apply("f", new Unary(function), v), [Dim.Symbolic("N")], Tensor.Of(x, x.Length));

        golden.Output($"act_{name}").AssertClose(y.Floats, 1e-6);
    }

    [Fact]
    public void Does_nothing_for_dropout_when_it_is_used() =>
        Assert.Equal(X.Floats, GraphProbe.Run((g, v) => g.Dropout(v, 0.5), [1, 2, 3], X).Floats);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(1, 2)]
    public void Transposed_convolutions_spread_every_pixel(int outputPadding, int groups)
    {
        var x = GraphProbe.Synthetic("up", 1, 4, 3, 5);

        var y = GraphProbe.Run((g, v) => g.ConvTranspose2d(v, "up", 6, 3, 2, 1, outputPadding, groups, bias: false), [1, 4, Dim.Symbolic("H"), Dim.Symbolic("W")], x);

        Assert.Equal([1, 6, 5 + outputPadding, 9 + outputPadding], y.Shape);
        GraphProbe.AssertClose(Spread(x.Floats, SyntheticTensor.Weight("up.weight", [4, 6 / groups, 3, 3]), outputPadding, groups), y.Floats);
    }

    private static float[] Spread(float[] x, float[] weight, int outputPadding, int groups)
    {
        var (height, width, perGroup) = (5 + outputPadding, 9 + outputPadding, 6 / groups);
        var y = new float[6 * height * width];
        for (var i = 0; i < x.Length * perGroup * 9; i++)
        {
            var (pixel, o, tap) = (i / (perGroup * 9), i / 9 % perGroup, i % 9);
            var (channel, row, column) = (pixel / 15, (pixel / 5 % 3 * 2) - 1 + (tap / 3), (pixel % 5 * 2) - 1 + (tap % 3));
            if (row >= 0 && column >= 0 && row < height && column < width)
            {
                y[(((channel / (4 / groups) * perGroup) + o) * height * width) + (row * width) + column] += x[pixel] * weight[(((channel * perGroup) + o) * 9) + tap];
            }
        }

        return y;
    }
}
