using Maskwright.Graphs.Onnx;
using Maskwright.Graphs.Weights;
using Maskwright.Testing;

namespace Maskwright.Graphs.Tests.Onnx;

/// <summary>Runs a small network that a test describes, once in the engine and once from a saved file of the oldest operator set.</summary>
internal static class GraphProbe
{
    public static Tensor Run(Func<GraphBuilder, Value, Value> describe, Dim[] declared, Tensor x, bool alsoSaved = true)
    {
        var g = new GraphBuilder("net");
        var result = describe(g, g.Input("x", declared));
        g.Output("y", result);
        var graph = g.Build();
        using var weights = WeightFile.FromArrays(graph.Parameters.Select(p => (p.Name, (IReadOnlyList<long>)p.Shape.ToSizes(), SyntheticTensor.Weight(p.Name, p.Shape.ToSizes()))));
        var inputs = new Dictionary<string, Tensor> { ["x"] = x };
        using var runner = new OnnxRuntimeEngine().Load(graph, weights);
        var y = runner.Run(inputs)["y"];
        var shape = Sizes.SizeBindings.Of(graph.Inputs, new Dictionary<string, IReadOnlyList<long>> { ["x"] = x.Shape }).SizesOf(result.Shape);
        Xunit.Assert.Equal(shape, y.Shape);
        if (alsoSaved)
        {
            using var folder = new TemporaryFolder();
            OnnxWriter.Write(graph, weights, folder.File("net.onnx"), new OnnxWriterOptions { Opset = 17 });
            using var saved = new OnnxRuntimeEngine().Open(folder.File("net.onnx"));
            AssertClose(y.Floats, saved.Run(inputs)["y"].Floats);
        }

        return y;
    }

    public static Tensor Synthetic(string name, params int[] shape) => Tensor.Of(SyntheticTensor.Input($"input:{name}", shape), [.. shape.Select(s => (long)s)]);

    public static void AssertClose(float[] expected, float[] actual, double tolerance = 1e-5)
    {
        Xunit.Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            Xunit.Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance, $"element {i} is {actual[i]}, not {expected[i]}");
        }
    }
}
