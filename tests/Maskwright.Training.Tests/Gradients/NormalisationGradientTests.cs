using Maskwright.Graphs;
using Maskwright.Graphs.Operations;
using Maskwright.Graphs.Weights;
using Maskwright.Testing;
using Maskwright.Training.Torch;
using TorchSharp;
using Xunit;

namespace Maskwright.Training.Tests.Gradients;

/// <summary>Normalisations and activations in both modes: results, gradients and running statistics equal PyTorch's.</summary>
[Trait("Kind", "parity")]
public class NormalisationGradientTests
{
    private const double Tolerance = 2e-5;

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.3)]
    public void Batch_normalisation_learns_its_statistics_as_the_reference_does(double momentum)
    {
        var golden = GoldenCase.Open("gradients", "normalisation");
        using var scope = torch.NewDisposeScope();
        using var graph = BatchNorm(momentum);
        for (var step = 1; step <= 2; step++)
        {
            graph.Weights.ForgetGradients();
            var x = Input(step).requires_grad_();
            var y = graph.Forward(new Dictionary<string, torch.Tensor> { ["x"] = x }, TorchMode.Train)["y"];
            Loss(y).backward();
            var name = $"bn_mom{momentum}_step{step}";
            golden.Output($"{name}_y").AssertClose(y.Floats(), Tolerance);
            golden.Output($"{name}_running_mean").AssertClose(graph.Weights["norm.running_mean"].Floats(), Tolerance);
            golden.Output($"{name}_running_var").AssertClose(graph.Weights["norm.running_var"].Floats(), Tolerance);
            if (golden.Has($"{name}_dx"))
            {
                golden.Output($"{name}_dx").AssertClose(x.grad!.Floats(), Tolerance); // backward has set the gradients
                golden.Output($"{name}_dw").AssertClose(graph.Weights["norm.weight"].grad!.Floats(), Tolerance);
                golden.Output($"{name}_db").AssertClose(graph.Weights["norm.bias"].grad!.Floats(), Tolerance);
            }
        }

        var answer = graph.Forward(new Dictionary<string, torch.Tensor> { ["x"] = Input(2) }, TorchMode.Evaluate)["y"];
        golden.Output($"bn_mom{momentum}_eval_y").AssertClose(answer.Floats(), Tolerance);
    }

    [Theory]
    [InlineData("layernorm_lastdim", 6)]
    [InlineData("layernorm2d", 4)]
    public void Layer_normalisations_equal_the_reference_s(string name, int channels)
    {
        var golden = GoldenCase.Open("gradients", "normalisation");
        using var scope = torch.NewDisposeScope();
        var g = new GraphBuilder("net");
        var x = g.Input("x", 2, 4, 5, 6);
        g.Output("y", name == "layernorm2d" ? g.LayerNorm2d(x, "norm") : g.LayerNorm(x, "norm", epsilon: 1e-6));
        using var graph = Over(g.Build(), ("norm.weight", [.. Enumerable.Repeat(1f, channels)]), ("norm.bias", new float[channels]));
        var input = Input(1).requires_grad_();

        var y = graph.Forward(new Dictionary<string, torch.Tensor> { ["x"] = input }, TorchMode.Train)["y"];
        Loss(y).backward();

        golden.Output($"{name}_y").AssertClose(y.Floats(), Tolerance);
        golden.Output($"{name}_dx").AssertClose(input.grad!.Floats(), Tolerance); // backward has set it
    }

    [Theory]
    [InlineData(UnaryFunction.Gelu, "gelu_erf")]
    [InlineData(UnaryFunction.Sigmoid, "sigmoid")]
    public void Activations_equal_the_reference_s(UnaryFunction function, string name)
    {
        var golden = GoldenCase.Open("gradients", "normalisation");
        using var scope = torch.NewDisposeScope();
        var g = new GraphBuilder("net");
        g.Output("y", g.Apply("f", new Unary(function), g.Input("x", 49)));
        using var graph = Over(g.Build());
        var x = torch.tensor(golden.Output("act_x").Values<float>()).requires_grad_();

        var y = graph.Forward(new Dictionary<string, torch.Tensor> { ["x"] = x }, TorchMode.Train)["y"];
        y.sum().backward();

        golden.Output($"act_{name}").AssertClose(y.Floats(), Tolerance);
        golden.Output($"act_{name}_grad").AssertClose(x.grad!.Floats(), Tolerance); // backward has set it
    }

    private static TorchGraph BatchNorm(double momentum)
    {
        var g = new GraphBuilder("net");
        g.Output("y", g.BatchNorm2d(g.Input("x", 2, 4, 5, 6), "norm"));
        return Over(
            g.Build(),
            new TorchGraphOptions { BatchNormalisationMomentum = momentum },
            ("norm.weight", Affine(1, "input:bn_w", 4)),
            ("norm.bias", Affine(0, "input:bn_b", 4)),
            ("norm.running_mean", new float[4]),
            ("norm.running_var", [1, 1, 1, 1]));
    }

    private static TorchGraph Over(Graph graph, params (string Name, float[] Values)[] weights) => Over(graph, new TorchGraphOptions(), weights);

    private static TorchGraph Over(Graph graph, TorchGraphOptions options, params (string Name, float[] Values)[] weights)
    {
        using var file = WeightFile.FromArrays(weights.Select(w => (w.Name, (IReadOnlyList<long>)[w.Values.LongLength], w.Values)));
        return new TorchGraph(graph, file, options);
    }

    private static torch.Tensor Input(int step) => (TorchArrays.Synthetic($"input:bn_x{step - 1}", 2, 4, 5, 6) * 2) + 0.3;

    private static float[] Affine(float add, string name, int channels) => [.. SyntheticTensor.Input(name, channels).Select(v => add + (0.1f * v))];

    private static torch.Tensor Loss(torch.Tensor y) => (y * TorchArrays.Synthetic("input:lossw:n", y.shape)).mean();
}
