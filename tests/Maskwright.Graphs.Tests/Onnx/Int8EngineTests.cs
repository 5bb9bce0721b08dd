using Maskwright.Graphs.Onnx;
using Maskwright.Graphs.Weights;
using Maskwright.Testing;
using Xunit;

namespace Maskwright.Graphs.Tests.Onnx;

/// <summary>Layers in bytes give what the exact ones give, but for rounding.</summary>
public class Int8EngineTests
{
    [Theory]
    [InlineData(18, 3, 1, 1, 1)]
    [InlineData(16, 3, 2, 1, 1)]
    [InlineData(20, 3, 1, 2, 2)]
    [InlineData(32, 1, 1, 0, 1)]
    [InlineData(17, 4, 4, 0, 1)]
    public void A_convolution_is_close_to_the_exact_one(int channels, int kernel, int stride, int padding, int dilation)
    {
        var (exact, rounded) = Both((g, x) => g.Conv2d(x, "conv", 24, kernel, stride, padding, dilation), 2, channels, 20, 23);

        AssertClose(exact, rounded, 0.02);
        Assert.NotEqual(exact.Floats, rounded.Floats);
    }

    [Fact]
    public void A_block_with_normalisation_and_shortcut_is_close_to_the_exact_one()
    {
        var (exact, rounded) = Both(
            (g, x) =>
            {
                var inner = g.Relu(g.BatchNorm2d(g.Conv2d(x, "first", 16, kernel: 3, padding: 1, bias: false), "norm1"));
                return g.Relu(g.Add(x, g.BatchNorm2d(g.Conv2d(inner, "last", 16, kernel: 3, padding: 1), "norm2")));
            },
            2, 16, 18, 33);

        AssertClose(exact, rounded, 0.02);
        Assert.All(rounded.Floats, value => Assert.True(value >= 0));
    }

    [Fact]
    public void Two_convolutions_whose_results_are_added_are_both_counted()
    {
        var (exact, rounded) = Both((g, x) => g.Add(g.Conv2d(x, "a", 16, kernel: 1), g.Conv2d(x, "b", 16, kernel: 3, padding: 1)), 1, 16, 9, 21);

        AssertClose(exact, rounded, 0.02);
    }

    [Fact]
    public void What_is_added_with_another_shape_is_added_as_before()
    {
        var (exact, rounded) = Both((g, x) => g.Add(g.Conv2d(x, "conv", 16, kernel: 1), g.Parameter("shift", 1, 16, 1, 1)), 1, 16, 9, 21);

        AssertClose(exact, rounded, 0.02);
    }

    [Fact]
    public void An_intermediate_result_that_others_take_too_is_there()
    {
        var (exact, rounded) = Both(
            (g, x) =>
            {
                var conv = g.Conv2d(x, "conv", 16, kernel: 1);
                return g.Add(g.Relu(conv), conv);
            },
            1, 16, 9, 21);

        AssertClose(exact, rounded, 0.02);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_linear_layer_is_close_to_the_exact_one(bool gelu)
    {
        var (exact, rounded) = Both((g, x) => gelu ? g.Gelu(g.Linear(x, "layer", 40)) : g.Linear(x, "layer", 40, bias: false), 2, 70, 48);

        AssertClose(exact, rounded, 0.02);
        Assert.NotEqual(exact.Floats, rounded.Floats);
    }

    [Fact]
    public void An_image_does_not_depend_on_the_others_of_its_batch()
    {
        var graph = Graph((g, x) => g.Conv2d(x, "conv", 16, kernel: 3, padding: 1), Dim.Symbolic("B"), 16, 20, 20);
        using var weights = Weights(graph);
        using var runner = Engine(OnnxPrecision.Int8).Load(graph, weights);
        float[] image = SyntheticTensor.Input("one", 16 * 400), other = [.. SyntheticTensor.Input("two", 16 * 400).Select(value => 50 * value)];

        var together = runner.Run(new Dictionary<string, Tensor> { ["x"] = Tensor.Of([.. image, .. other], 2, 16, 20, 20) })["y"].Floats;
        var alone = runner.Run(new Dictionary<string, Tensor> { ["x"] = Tensor.Of(image, 1, 16, 20, 20) })["y"].Floats;

        Assert.Equal(alone, together[..alone.Length]);
    }

    [Fact]
    public void Layers_too_small_to_gain_stay_exact()
    {
        var (exact, rounded) = Both((g, x) => g.Linear(g.Reshape(g.Conv2d(x, "conv", 8, kernel: 3, padding: 1), 1, 4, 8 * 5), "few", 32), 1, 3, 4, 5);

        Assert.Equal(exact.Floats, rounded.Floats);
    }

    [Fact]
    public void Only_graphs_on_the_processor_with_kernels_are_rounded()
    {
        var refused = Assert.Throws<NotSupportedException>(() => new OnnxRuntimeEngine(new OnnxRuntimeOptions { Precision = OnnxPrecision.Int8, UseKernels = false }));
        Assert.Contains("int8", refused.Message, StringComparison.Ordinal);
        Assert.SkipUnless(ProcessorInstructions.MultipliesBytes, "The processor does not multiply bytes.");

        var file = Assert.Throws<NotSupportedException>(() => Engine(OnnxPrecision.Int8).Open("net.onnx"));

        Assert.Contains("net.onnx", file.Message, StringComparison.Ordinal);
    }

    private static OnnxRuntimeEngine Engine(OnnxPrecision precision) => new(new OnnxRuntimeOptions { Precision = precision });

    private static Graph Graph(Func<GraphBuilder, Value, Value> describe, params Dim[] shape)
    {
        var g = new GraphBuilder("net");
        g.Output("y", describe(g, g.Input("x", shape)));
        return g.Build();
    }

    private static WeightFile Weights(Graph graph) =>
        WeightFile.FromArrays(graph.Parameters.Select(p => (p.Name, (IReadOnlyList<long>)p.Shape.ToSizes(), SyntheticTensor.Weight(p.Name, p.Shape.ToSizes()))));

    private static (Tensor Exact, Tensor Rounded) Both(Func<GraphBuilder, Value, Value> describe, params int[] shape)
    {
        Assert.SkipUnless(ProcessorInstructions.MultipliesBytes, "The processor does not multiply bytes.");
        var graph = Graph(describe, [.. shape.Select(size => (Dim)size)]);
        using var weights = Weights(graph);
        Tensor Run(OnnxPrecision precision)
        {
            using var runner = Engine(precision).Load(graph, weights);
            return runner.Run(new Dictionary<string, Tensor> { ["x"] = GraphProbe.Synthetic("x", shape) })["y"];
        }

        return (Run(OnnxPrecision.Float32), Run(OnnxPrecision.Int8));
    }

    // The tolerance is a share of the standard deviation.
    private static void AssertClose(Tensor exact, Tensor rounded, double tolerance)
    {
        Assert.Equal(exact.Shape, rounded.Shape);
        var mean = exact.Floats.Average();
        var spread = Math.Sqrt(exact.Floats.Average(value => (value - mean) * (value - mean)));
        var error = Math.Sqrt(exact.Floats.Zip(rounded.Floats).Average(pair => Math.Pow(pair.First - pair.Second, 2)));
        Assert.InRange(error, 0, tolerance * spread);
    }
}
