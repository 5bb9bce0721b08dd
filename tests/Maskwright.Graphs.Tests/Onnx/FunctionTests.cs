using Maskwright.Graphs.Onnx;
using Maskwright.Graphs.Operations;
using Maskwright.Graphs.Weights;
using Xunit;

namespace Maskwright.Graphs.Tests.Onnx;

public class FunctionTests
{
    private static readonly float[] Numbers = [0.25f, 1, 2.5f, 0.04f];

    [Theory]
    [InlineData(UnaryFunction.Exp)]
    [InlineData(UnaryFunction.Sqrt)]
    [InlineData(UnaryFunction.Sigmoid)]
    [InlineData(UnaryFunction.Sin)]
    [InlineData(UnaryFunction.Cos)]
    public void Functions_of_one_number_are_what_their_names_say(UnaryFunction function)
    {
        var expected = Numbers.Select(x => (float)(function switch
        {
            UnaryFunction.Exp => Math.Exp(x),
            UnaryFunction.Sqrt => Math.Sqrt(x),
            UnaryFunction.Sigmoid => 1 / (1 + Math.Exp(-x)),
            UnaryFunction.Sin => Math.Sin(x),
            _ => Math.Cos(x),
        }));

        AssertClose(expected, Run((g, x) => g.Apply("f", new Unary(function), x)));
    }

    [Fact]
    public void Softmax_sums_to_one_along_its_axis()
    {
        float Share(int i, int j) => (float)(Math.Exp(Numbers[i]) / (Math.Exp(Numbers[i]) + Math.Exp(Numbers[j])));

        AssertClose([Share(0, 1), Share(1, 0), Share(2, 3), Share(3, 2)], Run((g, x) => g.Softmax(x)));
        AssertClose([Share(0, 2), Share(1, 3), Share(2, 0), Share(3, 1)], Run((g, x) => g.Softmax(x, axis: 0)));
    }

    private static float[] Run(Func<GraphBuilder, Value, Value> describe)
    {
        var g = new GraphBuilder("net");
        g.Output("y", describe(g, g.Input("x", 2, 2)));
        using var runner = new OnnxRuntimeEngine().Load(g.Build(), new Dictionary<string, WeightTensor>());
        return runner.Run(new Dictionary<string, Tensor> { ["x"] = Tensor.Of(Numbers, 2, 2) })["y"].Floats;
    }

    private static void AssertClose(IEnumerable<float> expected, float[] actual) =>
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-6f));
}
