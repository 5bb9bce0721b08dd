using Maskwright.Graphs;
using Maskwright.Graphs.Weights;
using Maskwright.Testing;
using Maskwright.Training.Torch;
using TorchSharp;
using Xunit;

namespace Maskwright.Training.Tests.Gradients;

/// <summary>Three steps of every optimizer equal PyTorch's.</summary>
[Trait("Kind", "parity")]
public class OptimizerGoldenTests
{
    private const double Tolerance = 1e-5;

    [Theory]
    [InlineData("adamw_lr1e-2_wd0.1")]
    [InlineData("sgd_lr0.1_m0.9_wd1e-2")]
    [InlineData("sgd_nesterov")]
    public void Steps_equal_the_reference_s(string name)
    {
        var golden = GoldenCase.Open("gradients", "optimizers");
        using var scope = torch.NewDisposeScope();
        using var network = Network();
        var weight = network.Weights.Parameters["layer.weight"];
        using var optimizer = Optimizer(name, network.Weights);
        for (var step = 0; step < 3; step++)
        {
            weight.grad = TorchArrays.Synthetic($"input:opt_g{step}", 4, 5);

            optimizer.step();

            golden.Output($"{name}_step{step + 1}").AssertClose(weight.Floats(), Tolerance);
        }
    }

    [Fact]
    public void Norms_and_biases_do_not_decay_and_frozen_parts_are_left_out()
    {
        using var network = Network();
        network.Weights.Freeze("idle.*");

        var groups = ParameterGroup.Of(network.Weights, 0.1, ("layer.*", 0.5));

        Assert.Equal([("layer.weight", 0.5, 0.1), ("layer.bias", 0.5, 0.0), ("norm.weight norm.bias", 1.0, 0.0)], groups.Select(g => (string.Join(' ', g.Names), g.RateFactor, g.WeightDecay)));
        Assert.Throws<ArgumentException>(() => ParameterGroup.Of(network.Weights, 0.1, ("layr.*", 0.5)));
    }

    [Fact]
    public void Groups_keep_their_part_of_a_new_learning_rate()
    {
        using var network = Network();
        var groups = ParameterGroup.Of(network.Weights, 0, ("layer.*", 0.1));
        using var optimizer = TorchOptimizers.AdamW(groups, 1);

        TorchOptimizers.SetLearningRate(optimizer, groups, 0.5);

        Assert.Equal([0.05, 0.5], optimizer.ParamGroups.Select(group => group.LearningRate), (a, b) => Math.Abs(a - b) < 1e-12);
    }

    private static torch.optim.Optimizer Optimizer(string name, TorchWeights weights)
    {
        IReadOnlyList<ParameterGroup> Groups(double decay) => [.. ParameterGroup.Of(weights, decay).Where(group => group.Names.Contains("layer.weight"))];
        return name switch
        {
            "adamw_lr1e-2_wd0.1" => TorchOptimizers.AdamW(Groups(0.1), 1e-2),
            "sgd_nesterov" => TorchOptimizers.Sgd(Groups(0), 0.1, isNesterov: true),
            _ => TorchOptimizers.Sgd(Groups(1e-2), 0.1),
        };
    }

    private static TorchGraph Network()
    {
        var g = new GraphBuilder("net");
        g.Output("y", g.LayerNorm(g.Linear(g.Input("x", 1, 5), "layer", 4), "norm"));
        g.Output("z", g.Linear(g.Input("w", 1, 5), "idle", 4));
        var graph = g.Build();
        using var weights = WeightFile.FromArrays(graph.Parameters.Select(p => (
            p.Name, (IReadOnlyList<long>)p.Shape.ToSizes(), SyntheticTensor.Input("input:opt_p", [.. p.Shape.ToSizes().Select(size => (int)size)]))));
        return new TorchGraph(graph, weights);
    }
}
