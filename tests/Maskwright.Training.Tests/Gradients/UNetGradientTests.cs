using System.Text.Json;
using Maskwright.Graphs.Weights;
using Maskwright.Testing;
using Maskwright.Training.Tests.Torch;
using Maskwright.Training.Torch;
using TorchSharp;
using Xunit;

namespace Maskwright.Training.Tests.Gradients;

/// <summary>Gradients through a whole small U-Net equal PyTorch's, in both modes, with and without checkpoints.</summary>
[Trait("Kind", "parity")]
public class UNetGradientTests
{
    // With batch statistics a change of the image by one part in ten million turns a ReLU on or off somewhere and moves single gradients by several percent: no two
    // implementations agree better. What a batch normalisation itself does is held to 2e-5 by its own goldens.
    private const double Tolerance = 2e-4, ToleranceOfBatchStatistics = 0.1;

    [Theory]
    [InlineData(true, TorchMode.Train)]
    [InlineData(true, TorchMode.Evaluate)]
    [InlineData(false, TorchMode.Train)]
    [InlineData(false, TorchMode.Evaluate)]
    [InlineData(false, TorchMode.Train, "down*")]
    public void Equal_the_reference_s(bool bilinear, TorchMode mode, params string[] checkpoints)
    {
        var golden = GoldenCase.Open("gradients", $"unet_small_{(bilinear ? "bilinear" : "convtranspose")}_{(mode == TorchMode.Train ? "train" : "eval")}");
        var graph = SmallUNet.Describe(2, 50, 67, 3, bilinear);
        using var scope = torch.NewDisposeScope();
        using WeightFile weights = OperationCase.Weights(graph);
        using var network = new TorchGraph(graph, weights, new TorchGraphOptions { Checkpoints = checkpoints });
        var x = TorchArrays.Synthetic("input:small_unet", 2, 3, 50, 67).requires_grad_();

        var logits = network.Forward(new Dictionary<string, torch.Tensor> { ["x"] = x }, mode)["logits"];
        var loss = (logits * TorchArrays.Synthetic("input:lossw:u", logits.shape)).mean();
        loss.backward();

        var tolerance = mode == TorchMode.Train ? ToleranceOfBatchStatistics : Tolerance;
        golden.Output("logits").AssertClose(logits.Floats(), Tolerance);
        Assert.Equal(golden.Outputs.GetProperty("loss").GetDouble(), loss.item<float>(), 1e-6);
        golden.Output("input_gradient").AssertClose(x.grad!.Floats(), mode == TorchMode.Train ? 5 * tolerance : tolerance); // backward has set it
        Assert.All(ParameterGradient.All(golden.Outputs), gradient => gradient.AssertClose(network.Weights.Parameters[gradient.Name].grad, tolerance));
        if (mode == TorchMode.Train)
        {
            Assert.All(golden.Outputs.GetProperty("running_stats").EnumerateObject().Where(stat => stat.Value.ValueKind == JsonValueKind.Array), stat => AssertStatistic(stat.Value, network.Weights[stat.Name]));
        }
    }

    private static void AssertStatistic(JsonElement golden, torch.Tensor actual)
    {
        var expected = golden.EnumerateArray().Select(v => v.GetDouble());
        Assert.All(expected.Zip(actual.Floats()), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
    }
}
