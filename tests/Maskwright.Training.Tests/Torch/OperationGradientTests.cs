using Maskwright.Graphs;
using Maskwright.Training.Tests.Gradients;
using Maskwright.Training.Torch;
using TorchSharp;
using Xunit;

namespace Maskwright.Training.Tests.Torch;

/// <summary>Every operation of the house: its gradient says how the result changes, and half precision stays near.</summary>
public class OperationGradientTests
{
    // What has steps instead of slopes.
    private static readonly string[] s_steps = ["comparison with a number", "cast"];

    public static TheoryData<string> Smooth => [.. OperationCases.All.Select(c => c.Name).Except(s_steps)];

    public static TheoryData<string> All => [.. OperationCases.All.Select(c => c.Name)];

    [Theory]
    [MemberData(nameof(Smooth))]
    public void The_gradient_foretells_the_change(string name)
    {
        const double step = 1e-3;
        using var scope = torch.NewDisposeScope();
        var operation = OperationCases.All.Single(c => c.Name == name);
        var graph = operation.Build();
        using var weights = OperationCase.Weights(graph);
        using var network = new TorchGraph(graph, weights);
        var leaves = Leaves(operation, graph, network);
        var directions = leaves.Select(leaf => TorchArrays.Synthetic($"direction:{leaf.Key}", leaf.Value.shape)).ToList();

        Loss(network, graph, leaves).backward();

        var foretold = leaves.Values.Zip(directions).Where(pair => pair.First.grad is not null).Sum(pair => (pair.First.grad! * pair.Second).sum().item<float>()); // asked in the same line
        var change = (LossAt(step) - LossAt(-step)) / (2 * step);
        Assert.Equal(change, foretold, 0.02 * Math.Max(0.5, Math.Abs(change)));

        double LossAt(double distance)
        {
            using var still = torch.no_grad();
            Move(distance);
            var loss = Loss(network, graph, leaves).item<double>();
            Move(-distance);
            return loss;
        }

        void Move(double distance) => leaves.Values.Zip(directions).ToList().ForEach(pair => pair.First.add_(pair.Second, distance));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Half_precision_stays_near_in_both_directions(string name)
    {
        using var scope = torch.NewDisposeScope();
        var operation = OperationCases.All.Single(c => c.Name == name);
        var graph = operation.Build();
        using var weights = OperationCase.Weights(graph);
        using var exact = new TorchGraph(graph, weights);
        using var half = new TorchGraph(graph, weights, new TorchGraphOptions { Precision = TorchPrecision.BFloat16 });
        var leaves = Leaves(operation, graph, half);

        var expected = Result(exact, graph, Leaves(operation, graph, exact));
        var actual = Result(half, graph, leaves);

        var scale = expected.abs().max().item<float>();
        Assert.Equal(expected.dtype, actual.dtype);
        Assert.All(expected.Floats().Zip(actual.Floats()), pair => Assert.Equal(pair.First, pair.Second, 0.03 * scale));
        if (actual.requires_grad)
        {
            actual.square().sum().backward();
            Assert.All(leaves.Values.Where(leaf => leaf.grad is not null), leaf => Assert.True(leaf.grad!.isfinite().all().item<bool>())); // asked in the same line
        }
    }

    private static Dictionary<string, torch.Tensor> Leaves(OperationCase operation, Graph graph, TorchGraph network)
    {
        var leaves = network.Weights.Parameters.ToDictionary(pair => pair.Key, pair => (torch.Tensor)pair.Value);
        foreach (var (name, tensor) in operation.Inputs(graph))
        {
            leaves.Add(name, torch.tensor(tensor.Floats, [.. tensor.Shape]).requires_grad_());
        }

        return leaves;
    }

    private static torch.Tensor Result(TorchGraph network, Graph graph, Dictionary<string, torch.Tensor> leaves) =>
        network.Forward(graph.Inputs.ToDictionary(input => input.Name, input => leaves[input.Name]), TorchMode.Evaluate)["y"];

    private static torch.Tensor Loss(TorchGraph network, Graph graph, Dictionary<string, torch.Tensor> leaves)
    {
        var y = Result(network, graph, leaves);
        return (y * TorchArrays.Synthetic("weighting", y.shape)).to_type(torch.ScalarType.Float64).sum();
    }
}
