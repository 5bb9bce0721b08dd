using System.Diagnostics;
using Maskwright.Graphs;
using Maskwright.Graphs.Weights;
using Maskwright.Testing;
using Maskwright.Training.Tests.Gradients;
using Maskwright.Training.Torch;
using TorchSharp;
using Xunit;

namespace Maskwright.Training.Tests.Torch;

[Collection(WholeProcess.Name)]
public class TorchGraphTests
{
    [Fact]
    public void Frozen_parts_keep_their_numbers_and_get_no_gradient()
    {
        using var scope = torch.NewDisposeScope();
        using var network = Network();
        network.Weights.Freeze("trunk.*");
        var statistics = network.Weights["trunk.norm.running_mean"].Floats();

        Loss(network).backward();

        Assert.True(network.Weights.IsFrozen("trunk.norm.running_mean"));
        Assert.Null(network.Weights.Parameters["trunk.conv.weight"].grad);
        Assert.NotNull(network.Weights.Parameters["head.weight"].grad);
        Assert.Equal(statistics, network.Weights["trunk.norm.running_mean"].Floats());
    }

    [Fact]
    public void Frozen_parts_learn_again_when_they_are_let()
    {
        using var scope = torch.NewDisposeScope();
        using var network = Network();
        var statistics = network.Weights["trunk.norm.running_mean"].Floats();
        network.Weights.Freeze("trunk.*");

        network.Weights.Unfreeze("trunk.*");
        Loss(network).backward();

        Assert.NotNull(network.Weights.Parameters["trunk.conv.weight"].grad);
        Assert.NotEqual(statistics, network.Weights["trunk.norm.running_mean"].Floats());
    }

    [Fact]
    public void A_pattern_that_freezes_nothing_is_a_mistake()
    {
        using var network = Network();

        var fault = Assert.Throws<ArgumentException>(() => network.Weights.Freeze("tronk.*"));

        Assert.Contains("tronk.*", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_come_back_as_they_were_given()
    {
        var graph = Describe();
        using var given = OperationCase.Weights(graph);
        using var network = new TorchGraph(graph, given);
        using var folder = new TemporaryFolder();

        network.Weights.Save(folder.File("weights.safetensors"), new Dictionary<string, string> { ["step"] = "7" });

        using var saved = WeightFile.Open(folder.File("weights.safetensors"));
        Assert.Equal("7", saved.Metadata["step"]);
        Assert.Equal(given.Keys.Order(), saved.Keys.Order());
        Assert.All(given, pair => Assert.Equal(pair.Value.ToFloat32(), saved[pair.Key].ToFloat32()));
    }

    [Fact]
    public void Other_weights_are_taken_over_in_place()
    {
        var graph = Describe();
        using var network = Network();
        using var others = WeightFile.FromArrays(graph.Parameters.Select(p => (p.Name, (IReadOnlyList<long>)p.Shape.ToSizes(), SyntheticTensor.Weight(p.Name, p.Shape.ToSizes(), "other"))));
        var held = network.Weights.Parameters["trunk.conv.weight"];

        network.Weights.Load(others);

        Assert.Same(held, network.Weights.Parameters["trunk.conv.weight"]);
        Assert.Equal(others["trunk.conv.weight"].ToFloat32(), held.Floats());
    }

    [Fact]
    public void Weights_that_do_not_fit_are_refused_all_at_once()
    {
        using var wrong = WeightFile.FromArrays([("head.weight", [1, 2], [1f, 2f])]);

        var fault = Assert.Throws<WeightMismatchException>(() => new TorchGraph(Describe(), wrong));

        Assert.Contains("trunk.conv.weight", fault.Missing);
        Assert.Equal("head.weight", Assert.Single(fault.WrongShapes).Name);
    }

    [Fact]
    public void Says_which_inputs_a_network_takes()
    {
        using var scope = torch.NewDisposeScope();
        using var network = Network();

        var fault = Assert.Throws<ArgumentException>(() => network.Forward(new Dictionary<string, torch.Tensor> { ["y"] = torch.ones(1) }, TorchMode.Train));

        Assert.Contains("missing: x; unknown: y", fault.Message, StringComparison.Ordinal);
        Assert.ThrowsAny<ArgumentException>(() => network.Forward(new Dictionary<string, torch.Tensor> { ["x"] = torch.ones(1, 2, 3, 3) }, TorchMode.Train));
        Assert.Throws<ArgumentException>(() => network.Forward(new Dictionary<string, torch.Tensor> { ["x"] = Input() }, TorchMode.Train, ["z"]));
    }

    [Fact]
    public void Dropout_drops_the_same_in_the_same_step_of_the_same_seed_only()
    {
        using var scope = torch.NewDisposeScope();
        using var network = Dropping(seed: 3);
        using var other = Dropping(seed: 4);

        var first = Drop(network, step: 5);
        var more = Drop(network, step: null);

        Assert.Equal(first, Drop(network, step: 5));
        Assert.NotEqual(first, more);
        Assert.NotEqual(first, Drop(network, step: 6));
        Assert.NotEqual(first, Drop(other, step: 5));
        Assert.Equal(1, first.Average(), 0.05);
        Assert.Equal([0, 2], first.Distinct().Order());
    }

    [Fact]
    public void Checkpoints_drop_the_same_when_they_compute_again()
    {
        using var scope = torch.NewDisposeScope();
        var g = new GraphBuilder("net");
        g.Output("y", g.Scope("block").Dropout(g.Scope("block").Linear(g.Input("x", 4, 16), "layer", 16), 0.5));
        var graph = g.Build();
        using var weights = OperationCase.Weights(graph);

        float[] Gradient(params string[] checkpoints)
        {
            using var network = new TorchGraph(graph, weights, new TorchGraphOptions { Seed = 1, Checkpoints = checkpoints });
            network.Forward(new Dictionary<string, torch.Tensor> { ["x"] = TorchArrays.Synthetic("input:x", 4, 16) }, TorchMode.Train)["y"].square().sum().backward();
            return network.Weights.Parameters["block.layer.weight"].grad!.Floats(); // backward has set it
        }

        Assert.Equal(Gradient(), Gradient("block"));
    }

    [Fact]
    public void Checkpoints_save_the_memory_of_what_lies_between()
    {
        // The process holds other memory too, which comes and goes: of three measurements the one that is least disturbed.
        var plain = Enumerable.Range(0, 3).Max(_ => HeldBytes());
        var saving = Enumerable.Range(0, 3).Min(_ => HeldBytes("block*"));

        Assert.True(plain > 300_000_000, $"24 results of 16 MB are kept for the gradient, but memory grew by {plain:N0} bytes only");
        Assert.True(saving < plain / 2, $"{saving:N0} bytes with checkpoints, {plain:N0} without");
    }

    [Fact]
    public void A_frozen_segment_is_not_recorded_at_all()
    {
        using var scope = torch.NewDisposeScope();
        using var network = Network(new TorchGraphOptions { Checkpoints = ["trunk"] });
        network.Weights.Freeze("*");

        Assert.False(Loss(network).requires_grad);
    }

    [Fact]
    public void Half_precision_stays_near_and_leaves_gradients_in_full_precision()
    {
        using var scope = torch.NewDisposeScope();
        using var exact = Network();
        using var half = Network(new TorchGraphOptions { Precision = TorchPrecision.BFloat16 });

        var (expected, actual) = (Run(exact), Run(half));
        (expected.square().sum() + actual.square().sum()).backward();

        Assert.Equal(torch.ScalarType.Float32, actual.dtype);
        Assert.All(expected.Floats().Zip(actual.Floats()), pair => Assert.Equal(pair.First, pair.Second, 0.05));
        Assert.NotEqual(expected.Floats(), actual.Floats());
        foreach (var (name, parameter) in exact.Weights.Parameters)
        {
            var (a, b) = (parameter.grad!.flatten(), half.Weights.Parameters[name].grad!.flatten()); // backward has set them
            Assert.Equal(torch.ScalarType.Float32, b.dtype);
            Assert.True(torch.nn.functional.cosine_similarity(a, b, 0, 1e-8).item<float>() > 0.98, name);
        }
    }

    [Fact]
    public void Named_nodes_stay_exact_in_half_precision()
    {
        using var scope = torch.NewDisposeScope();
        using var exact = Network();
        using var kept = Network(new TorchGraphOptions { Precision = TorchPrecision.BFloat16, Float32Nodes = ["*"] });

        Assert.Equal(Run(exact).Floats(), Run(kept).Floats());
    }

    [Fact]
    public void A_device_that_is_not_there_is_refused()
    {
        Assert.SkipWhen(torch.cuda_is_available(), "There is a CUDA device here.");

        Assert.Contains("cpu", Assert.Throws<NotSupportedException>(() => new TorchEngine(new TorchEngineOptions { Device = "cuda" })).Message, StringComparison.Ordinal);
        Assert.Contains("tpu", Assert.Throws<NotSupportedException>(() => TorchDevices.Require("tpu")).Message, StringComparison.Ordinal);
        Assert.Throws<NotSupportedException>(() => TorchDevices.Require("cuda:x"));
    }

    private static Graph Describe()
    {
        var g = new GraphBuilder("net");
        var trunk = g.Scope("trunk");
        var x = trunk.Relu(trunk.BatchNorm2d(trunk.Conv2d(g.Input("x", 2, 3, 8, 8), "conv", 8, 3, padding: 1, bias: false), "norm"));
        x = g.Transpose(g.Reshape(x, 2, 8, 64), 0, 2, 1); // -> [2,64,8]
        g.Output("y", g.Linear(g.Softmax(g.Attention(x, x, x, 2)), "head", 4));
        return g.Build();
    }

    private static TorchGraph Network(TorchGraphOptions? options = null)
    {
        var graph = Describe();
        using var weights = OperationCase.Weights(graph);
        return new TorchGraph(graph, weights, options);
    }

    private static torch.Tensor Input() => TorchArrays.Synthetic("input:x", 2, 3, 8, 8);

    private static torch.Tensor Run(TorchGraph network) => network.Forward(new Dictionary<string, torch.Tensor> { ["x"] = Input() }, TorchMode.Train)["y"];

    private static torch.Tensor Loss(TorchGraph network) => Run(network).square().sum();

    private static TorchGraph Dropping(long seed)
    {
        var g = new GraphBuilder("net");
        g.Output("y", g.Dropout(g.Input("x", 100, 100), 0.5));
        return new TorchGraph(g.Build(), new Dictionary<string, WeightTensor>(), new TorchGraphOptions { Seed = seed });
    }

    private static float[] Drop(TorchGraph network, long? step)
    {
        if (step is { } begun)
        {
            network.BeginStep(begun);
        }

        return network.Forward(new Dictionary<string, torch.Tensor> { ["x"] = torch.ones(100, 100) }, TorchMode.Train)["y"].Floats();
    }

    // What one forward pass leaves behind for the gradient: 24 results of 16 MB, in four blocks.
    private static long HeldBytes(params string[] checkpoints)
    {
        var g = new GraphBuilder("net");
        var x = g.Input("x", 2000, 2000);
        for (var i = 0; i < 24; i++)
        {
            x = g.Scope($"block{i / 6}").Sin(x);
        }

        g.Output("y", x);
        using var scope = torch.NewDisposeScope();
        using var network = new TorchGraph(g.Build(), new Dictionary<string, WeightTensor>(), new TorchGraphOptions { Checkpoints = checkpoints });
        var input = torch.ones(2000, 2000).requires_grad_();
        var before = ResidentBytes();
        var y = network.Forward(new Dictionary<string, torch.Tensor> { ["x"] = input }, TorchMode.Train)["y"];
        var held = ResidentBytes() - before;
        y.sum().backward();
        Assert.NotNull(input.grad);
        return held;
    }

    private static long ResidentBytes()
    {
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }
}
