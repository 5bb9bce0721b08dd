using Maskwright.Graphs;
using Maskwright.Networks.Backbones;
using Maskwright.Networks.Seedling;
using Maskwright.Testing;
using Maskwright.Training.Torch;
using Xunit;

namespace Maskwright.Training.Tests.Torch;

/// <summary>Seedling learns on one engine and answers on the other: both compute the same.</summary>
[Trait("Kind", "parity")]
public class SeedlingParityTests
{
    private const double Tolerance = 1e-4;

    private static readonly SeedlingConfig s_small = new()
    {
        StemChannels = 8,
        Stages = [new(8, 1), new(12, 1), new(16, 1), new(16, 1)],
        Fine = new(Neck: 8, Features: 8, Heads: 2, HeadWidth: 4),
        Middle = new(Neck: 12, Features: 12, Heads: 2, HeadWidth: 4),
        Coarse = new(Neck: 16, Features: 16, Heads: 2, HeadWidth: 8),
        Walls = 2,
    };

    private static readonly SeedlingConfig s_onResNet = s_small with { Body = ResNetConfig.ResNet18 with { Blocks = [1, 1, 1, 1], Width = 8, InnerWidths = [8, 16, 32, 16] } };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Both_engines_see_and_answer_the_same(bool isOnResNet)
    {
        var config = isOnResNet ? s_onResNet : s_small;
        using var weights = SeedlingInitialisation.Create(config, seed: 3);
        var image = new Dictionary<string, Tensor> { ["image"] = Synthetic("image", 2, 3, 64, 96) };

        var (seen, felt) = Both(SeedlingGraphs.Encoder(config), weights, image);
        AssertClose(seen, felt);
        var prompts = new Dictionary<string, Tensor>
        {
            ["f4"] = First(seen["f4"]),
            ["f8"] = First(seen["f8"]),
            ["f16"] = First(seen["f16"]),
            ["points"] = Tensor.Of([30f, 20, 70, 40, 12, 8, 60, 55, 50, 33, 0, 0], 2, 3, 2),
            ["labels"] = Tensor.Of([1, 0, -1, 2, 1, 3f], 2, 3),
            ["mask_input"] = Synthetic("mask", 2, 1, 16, 24),
            ["has_mask"] = Tensor.Of([0, 1f], 2),
            ["regions"] = Synthetic("regions", 2, SeedlingConfig.RegionAnswers, 16, 24),
        };

        var (told, learned) = Both(SeedlingGraphs.Decoder(config), weights, prompts);
        AssertClose(told, learned);
    }

    private static (IReadOnlyDictionary<string, Tensor> Onnx, IReadOnlyDictionary<string, Tensor> Torch) Both(
        Graph graph, IReadOnlyDictionary<string, Maskwright.Graphs.Weights.WeightTensor> weights, Dictionary<string, Tensor> inputs)
    {
        using var onnx = OperationCase.Onnx.Load(graph, weights);
        using var torch = new TorchEngine().Load(graph, weights);
        return (onnx.Run(inputs), torch.Run(inputs));
    }

    private static void AssertClose(IReadOnlyDictionary<string, Tensor> expected, IReadOnlyDictionary<string, Tensor> actual)
    {
        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), actual.Keys.Order(StringComparer.Ordinal));
        foreach (var (name, tensor) in expected)
        {
            var scale = tensor.Floats.Max(Math.Abs);
            Assert.Equal(tensor.Shape, actual[name].Shape);
            Assert.All(tensor.Floats.Zip(actual[name].Floats), pair => Assert.Equal(pair.First, pair.Second, Tolerance * scale));
        }
    }

    private static Tensor Synthetic(string name, params int[] shape) => Tensor.Of(SyntheticTensor.Input(name, shape), [.. shape.Select(s => (long)s)]);

    private static Tensor First(Tensor batch)
    {
        var shape = batch.Shape.ToArray();
        var each = batch.Floats.Length / (int)shape[0];
        shape[0] = 1;
        return Tensor.Of(batch.Floats.AsSpan(0, each).ToArray(), shape);
    }
}
