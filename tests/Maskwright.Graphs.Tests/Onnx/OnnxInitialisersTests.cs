using Maskwright.Graphs.Onnx;
using Maskwright.Graphs.Weights;
using Maskwright.Testing;
using Xunit;

namespace Maskwright.Graphs.Tests.Onnx;

public sealed class OnnxInitialisersTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Reads_the_numbers_that_were_written()
    {
        using var weights = Write("whole.onnx", new OnnxWriterOptions());

        using var read = OnnxInitialisers.Read(_folder.File("whole.onnx"));

        Assert.Equal(weights["layer.weight"].ToFloat32(), read["layer.weight"].ToFloat32());
        Assert.Equal([3, 2], read["layer.weight"].Shape);
    }

    [Fact]
    public void Refuses_numbers_in_another_file()
    {
        using var weights = Write("split.onnx", new OnnxWriterOptions { InlineLimitBytes = 0 });

        var fault = Assert.Throws<InvalidWeightsException>(() => OnnxInitialisers.Read(_folder.File("split.onnx")));

        Assert.Contains("lies in another file", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no model at all")]
    [InlineData("")]
    public void Refuses_what_is_no_model(string content)
    {
        File.WriteAllText(_folder.File("other.onnx"), content);

        var fault = Assert.Throws<InvalidWeightsException>(() => OnnxInitialisers.Read(_folder.File("other.onnx")));

        Assert.Contains("other.onnx: this is no ONNX model", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_a_model_that_was_cut_off()
    {
        using var weights = Write("whole.onnx", new OnnxWriterOptions());
        var bytes = File.ReadAllBytes(_folder.File("whole.onnx"));
        File.WriteAllBytes(_folder.File("half.onnx"), bytes[..(bytes.Length / 2)]);

        Assert.Throws<InvalidWeightsException>(() => OnnxInitialisers.Read(_folder.File("half.onnx")));
    }

    public void Dispose() => _folder.Dispose();

    private WeightFile Write(string name, OnnxWriterOptions options)
    {
        var g = new GraphBuilder("net");
        g.Output("y", g.Linear(g.Input("x", 1, 2), "layer", 3));
        var weights = WeightFile.FromArrays([("layer.weight", [3, 2], [1, 2, 3, 4, 5, 6]), ("layer.bias", [3], [7, 8, 9])]);
        OnnxWriter.Write(g.Build(), weights, _folder.File(name), options);
        return weights;
    }
}
