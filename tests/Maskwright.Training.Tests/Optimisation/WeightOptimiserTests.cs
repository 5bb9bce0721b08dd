using Maskwright.Graphs;
using Maskwright.Graphs.Weights;
using Maskwright.Testing;
using Maskwright.Training.Optimisation;
using Maskwright.Training.Tests.Gradients;
using Maskwright.Training.Torch;
using TorchSharp;
using Xunit;

namespace Maskwright.Training.Tests.Optimisation;

public class WeightOptimiserTests
{
    private const double Tolerance = 1e-5;

    [Theory]
    [Trait("Kind", "parity")]
    [InlineData("adamw_lr1e-2_wd0.1")]
    [InlineData("sgd_lr0.1_m0.9_wd1e-2")]
    [InlineData("sgd_nesterov")]
    public void Three_steps_equal_the_reference_s(string name)
    {
        var golden = GoldenCase.Open("gradients", "optimizers");
        using var scope = torch.NewDisposeScope();
        using var weights = Layer();
        var options = name switch
        {
            "adamw_lr1e-2_wd0.1" => new OptimiserOptions { Beta2 = 0.999, WeightDecay = 0.1 },
            "sgd_nesterov" => new OptimiserOptions { Kind = OptimiserKind.Sgd, IsNesterov = true, WeightDecay = 0 },
            _ => new OptimiserOptions { Kind = OptimiserKind.Sgd, WeightDecay = 1e-2 },
        };
        using var optimiser = WeightOptimiser.Create(weights, options);
        for (var step = 0; step < 3; step++)
        {
            weights.Parameters["layer.weight"].grad = TorchArrays.Synthetic($"input:opt_g{step}", 4, 5);

            optimiser.Step(options.Kind == OptimiserKind.Sgd ? 0.1 : 0.01, step);

            golden.Output($"{name}_step{step + 1}").AssertClose(weights.Parameters["layer.weight"].Floats(), Tolerance);
        }
    }

    [Theory]
    [InlineData(OptimiserKind.AdamW, false)]
    [InlineData(OptimiserKind.Sgd, false)]
    [InlineData(OptimiserKind.Sgd, true)]
    public void Steps_equal_those_of_Torch_s_own_optimizers(OptimiserKind kind, bool isNesterov)
    {
        using var scope = torch.NewDisposeScope();
        using TorchWeights own = Layer(), other = Layer();
        using var optimiser = WeightOptimiser.Create(own, new OptimiserOptions { Kind = kind, IsNesterov = isNesterov, WeightDecay = 0.05, Beta2 = 0.999 });
        var groups = ParameterGroup.Of(other, 0.05);
        using var reference = kind == OptimiserKind.Sgd ? TorchOptimizers.Sgd(groups, 0.03, isNesterov: isNesterov) : TorchOptimizers.AdamW(groups, 0.03);
        for (var step = 0; step < 4; step++)
        {
            foreach (var (name, parameter) in own.Parameters)
            {
                parameter.grad = TorchArrays.Synthetic($"input:g{step}{name}", [.. parameter.shape.Select(size => (int)size)]);
                other.Parameters[name].grad = parameter.grad.clone();
            }

            optimiser.Step(0.03, step);
            reference.step();
        }

        Assert.All(own.Parameters, pair => Assert.Equal(other.Parameters[pair.Key].Floats(), pair.Value.Floats(), (a, b) => Math.Abs(a - b) < 1e-6));
    }

    [Fact]
    public void Gradients_are_shortened_together()
    {
        using var scope = torch.NewDisposeScope();
        using var weights = Layer();
        using var optimiser = WeightOptimiser.Create(weights, new OptimiserOptions { MaxGradientNorm = 1 });
        weights.Parameters["layer.weight"].grad = torch.ones(4, 5);
        weights.Parameters["layer.bias"].grad = torch.ones(4);

        var norm = optimiser.ClipGradients();

        Assert.Equal(Math.Sqrt(24), norm, 5);
        Assert.All(weights.Parameters.Values, parameter => Assert.All(parameter.grad!.Floats(), value => Assert.Equal(1 / Math.Sqrt(24), value, 5)));
    }

    [Theory]
    [InlineData(OptimiserKind.AdamW)]
    [InlineData(OptimiserKind.Sgd)]
    public void Some_weights_learn_at_a_part_of_the_rate(OptimiserKind kind)
    {
        using var scope = torch.NewDisposeScope();
        using TorchWeights slowed = Layer(), slow = Layer();
        using var factored = WeightOptimiser.Create(slowed, new OptimiserOptions { Kind = kind, Rates = new Dictionary<string, double> { ["*.weight"] = 0.25, ["layer.*"] = 1 } });
        using var plain = WeightOptimiser.Create(slow, new OptimiserOptions { Kind = kind });
        foreach (var (name, parameter) in slowed.Parameters)
        {
            parameter.grad = TorchArrays.Synthetic($"input:r{name}", [.. parameter.shape.Select(size => (int)size)]);
            slow.Parameters[name].grad = parameter.grad.clone();
        }

        factored.Step(0.04, 0);
        plain.Step(0.01, 0);

        Assert.Equal(slow.Parameters["layer.weight"].Floats(), slowed.Parameters["layer.weight"].Floats(), (a, b) => Math.Abs(a - b) < 1e-7);
        Assert.NotEqual(slow.Parameters["layer.bias"].Floats(), slowed.Parameters["layer.bias"].Floats());
    }

    [Fact]
    public void A_rate_for_no_weight_is_refused()
    {
        using var weights = Layer();

        var fault = Assert.Throws<ArgumentException>(() => WeightOptimiser.Create(weights, new OptimiserOptions { Rates = new Dictionary<string, double> { ["layr.*"] = 0.5 } }));

        Assert.Contains("'layr.*'", fault.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new OptimiserOptions { Rates = new Dictionary<string, double> { ["layer.*"] = -1 } }.Validate());
    }

    private static TorchWeights Layer()
    {
        var g = new GraphBuilder("net");
        g.Output("y", g.Linear(g.Input("x", 1, 5), "layer", 4));
        var graph = g.Build();
        using var weights = WeightFile.FromArrays(graph.Parameters.Select(p => (
            p.Name, (IReadOnlyList<long>)p.Shape.ToSizes(), SyntheticTensor.Input("input:opt_p", [.. p.Shape.ToSizes().Select(size => (int)size)]))));
        return new TorchWeights(weights, [graph]);
    }
}
