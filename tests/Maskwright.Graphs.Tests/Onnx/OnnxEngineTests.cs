using Maskwright.Graphs.Onnx;
using Maskwright.Graphs.Operations;
using Maskwright.Graphs.Weights;
using Maskwright.Testing;
using Xunit;

namespace Maskwright.Graphs.Tests.Onnx;

public class OnnxEngineTests
{
    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(0)]
    public void A_saved_model_runs_elsewhere_with_the_same_results(long inlineLimit)
    {
        using var folder = new TemporaryFolder();
        var graph = Network();
        using var weights = Weights(graph);
        var input = new Dictionary<string, Tensor> { ["x"] = Tensor.Of(SyntheticTensor.Input("input:x", 1, 12, 10, 16), 1, 12, 10, 16) };

        OnnxWriter.Write(graph, weights, folder.File("net.onnx"), new OnnxWriterOptions { InlineLimitBytes = inlineLimit });

        using var saved = new OnnxRuntimeEngine().Open(folder.File("net.onnx"));
        using var fused = new OnnxRuntimeEngine().Load(graph, weights);
        using var plain = new OnnxRuntimeEngine(new OnnxRuntimeOptions { UseKernels = false }).Load(graph, weights);
        var expected = plain.Run(input)["y"].Floats;
        Assert.All(expected.Zip(saved.Run(input)["y"].Floats), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
        Assert.All(expected.Zip(fused.Run(input)["y"].Floats), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
        Assert.Equal(inlineLimit == 0 ? 2 : 1, Directory.GetFiles(folder.Path).Length);
    }

    [Fact]
    public void Lists_every_parameter_that_has_no_tensor_or_a_wrong_one()
    {
        var graph = Network();
        using var weights = WeightFile.FromArrays([("qkv.weight", [1, 2], [1f, 2f])]);

        var fault = Assert.Throws<WeightMismatchException>(() => new OnnxRuntimeEngine().Load(graph, weights));

        Assert.Contains("qkv.bias", fault.Missing);
        Assert.Equal("qkv.weight", Assert.Single(fault.WrongShapes).Name);
    }

    [Fact]
    public void Widens_weights_of_half_precision()
    {
        var g = new GraphBuilder("net");
        g.Output("y", g.Linear(g.Input("x", 1, 2), "layer", 1, bias: false));
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("half.safetensors"), Half([1.5f, -2f]));
        using var weights = WeightFile.Open(folder.File("half.safetensors"));
        using var runner = new OnnxRuntimeEngine().Load(g.Build(), weights);

        var y = runner.Run(new Dictionary<string, Tensor> { ["x"] = Tensor.Of([2f, 4f], 1, 2) })["y"];

        Assert.Equal([-5f], y.Floats);
    }

    [Theory]
    [InlineData(15)]
    [InlineData(17)]
    [InlineData(20)]
    [InlineData(30)]
    public void A_convolution_of_any_number_of_channels_is_that_of_the_plain_operators(int channels)
    {
        var g = new GraphBuilder("net");
        g.Output("y", g.Conv2d(g.Input("x", Dim.Symbolic("P"), channels, Dim.Symbolic("h"), Dim.Symbolic("w")), "layer", 20, kernel: 3, padding: 1));
        var graph = g.Build();
        using var weights = Weights(graph);
        var x = new Dictionary<string, Tensor> { ["x"] = GraphProbe.Synthetic("x", 2, channels, 7, 9) };

        using var ours = new OnnxRuntimeEngine().Load(graph, weights);
        using var plain = new OnnxRuntimeEngine(new OnnxRuntimeOptions { UseKernels = false }).Load(graph, weights);

        GraphProbe.AssertClose(plain.Run(x)["y"].Floats, ours.Run(x)["y"].Floats, 1e-4);
    }

    [Fact]
    public void On_one_thread_it_computes_the_same()
    {
        var engine = new OnnxRuntimeEngine(new OnnxRuntimeOptions { Threads = 2 });
        var graph = Network();
        using var weights = Weights(graph);
        var input = new Dictionary<string, Tensor> { ["x"] = Tensor.Of(SyntheticTensor.Input("input:x", 1, 12, 10, 16), 1, 12, 10, 16) };

        using var shared = engine.Load(graph, weights);
        using var alone = engine.OnOneThread.Load(graph, weights);

        Assert.Equal((2, 1), (engine.Threads, engine.OnOneThread.Threads));
        GraphProbe.AssertClose(shared.Run(input)["y"].Floats, alone.Run(input)["y"].Floats);
    }

    [Fact]
    public void Says_which_inputs_a_network_takes()
    {
        var graph = Network();
        using var weights = Weights(graph);
        using var runner = new OnnxRuntimeEngine().Load(graph, weights);

        var fault = Assert.Throws<ArgumentException>(() => runner.Run(new Dictionary<string, Tensor> { ["y"] = Tensor.Of([1f], 1) }));

        Assert.Contains("missing: x; unknown: y", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_an_input_of_another_shape()
    {
        var graph = Network();
        using var weights = Weights(graph);
        using var runner = new OnnxRuntimeEngine().Load(graph, weights);

        Assert.Throws<ArgumentException>(() => runner.Run(new Dictionary<string, Tensor> { ["x"] = Tensor.Of(new float[16], 1, 1, 1, 16) }));
    }

    [Fact]
    public void A_cancelled_run_ends_with_cancellation()
    {
        var graph = Network();
        using var weights = Weights(graph);
        using var runner = new OnnxRuntimeEngine().Load(graph, weights);
        using var source = new CancellationTokenSource();
        source.Cancel();

        Assert.Throws<OperationCanceledException>(() => runner.Run(new Dictionary<string, Tensor>(), cancellationToken: source.Token));
    }

    [Theory]
    [InlineData("cuda")]
    [InlineData("tpu")]
    [InlineData("cpu:x")]
    public void A_device_that_is_not_there_is_refused(string device)
    {
        var fault = Assert.Throws<NotSupportedException>(() => new OnnxRuntimeEngine(new OnnxRuntimeOptions { Device = device }));

        Assert.Contains("cpu", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_a_model_is_refused_by_name()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("no.onnx"), "not a model");

        Assert.Contains("no.onnx", Assert.Throws<InvalidWeightsException>(() => new OnnxRuntimeEngine().Open(folder.File("no.onnx"))).Message, StringComparison.Ordinal);
    }

    // Windows that overhang the map, whole-image attention, GELU, both normalisations, and a transposed convolution.
    private static Graph Network()
    {
        var g = new GraphBuilder("net");
        var x = g.Input("x", 1, 12, 10, 16);
        var windows = g.Apply("cut", new WindowPartition(5), g.LayerNorm(x, "norm"));
        var attended = Attention(g, g.Linear(windows, "qkv", 48), "window", 9, 9);
        x = g.Add(x, g.Apply("join", new WindowUnpartition(1, 12, 10), g.Linear(attended, "proj", 16)));
        x = g.Gelu(Attention(g, g.Linear(x, "qkv2", 48), "whole", 23, 19));
        x = g.LayerNorm2d(g.Transpose(x, 0, 3, 1, 2), "norm2d");
        g.Output("y", g.ConvTranspose2d(x, "up", 3, kernel: 2, stride: 2));
        return g.Build();
    }

    private static Value Attention(GraphBuilder g, Value qkv, string name, long rows, long columns) =>
        g.Apply(name, new RelativePositionSelfAttention(2, 0.5), qkv, g.Parameter($"{name}.rel_pos_h", rows, 8), g.Parameter($"{name}.rel_pos_w", columns, 8));

    private static WeightFile Weights(Graph graph) =>
        WeightFile.FromArrays(graph.Parameters.Select(p => (p.Name, (IReadOnlyList<long>)p.Shape.ToSizes(), SyntheticTensor.Weight(p.Name, p.Shape.ToSizes()))));

    private static byte[] Half(float[] values)
    {
        var entry = $"\"dtype\":\"F16\",\"shape\":[1,{values.Length}],\"data_offsets\":[0,{2 * values.Length}]";
        var header = System.Text.Encoding.UTF8.GetBytes($"{{\"layer.weight\":{{{entry}}}}}");
        return [.. BitConverter.GetBytes((long)header.Length), .. header, .. values.SelectMany(v => BitConverter.GetBytes((System.Half)v))];
    }
}
