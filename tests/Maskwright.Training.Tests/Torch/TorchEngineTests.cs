using Maskwright.Graphs;
using Maskwright.Training.Torch;
using Xunit;

namespace Maskwright.Training.Tests.Torch;

public class TorchEngineTests
{
    private static readonly OperationCase s_attention = OperationCases.All.Single(c => c.Name == "attention with relative position");

    [Fact]
    public void Several_threads_may_ask_one_runner()
    {
        var graph = s_attention.Build();
        using var weights = OperationCase.Weights(graph);
        using var runner = new TorchEngine().Load(graph, weights);
        var inputs = s_attention.Inputs(graph);
        var expected = runner.Run(inputs)["y"].Floats;

        var results = new float[8][];
        Parallel.For(0, results.Length, i => results[i] = runner.Run(inputs)["y"].Floats);

        Assert.All(results, result => Assert.Equal(expected, result));
    }

    [Fact]
    public void Weights_may_be_freed_once_they_are_loaded()
    {
        var graph = s_attention.Build();
        using var engineWeights = OperationCase.Weights(graph);
        using var runner = new TorchEngine().Load(graph, engineWeights);
        var before = runner.Run(s_attention.Inputs(graph))["y"].Floats;

        engineWeights.Dispose();

        Assert.Equal(before, runner.Run(s_attention.Inputs(graph))["y"].Floats);
    }

    [Fact]
    public void Only_what_is_asked_for_is_computed()
    {
        var g = new GraphBuilder("net");
        var x = g.Input("x", 2);
        g.Output("y", g.Add(x, 1));
        g.Output("same", x);
        g.Output("z", g.Add(g.Input("other", 2), 1));
        using var runner = new TorchEngine().Load(g.Build(), new Dictionary<string, Graphs.Weights.WeightTensor>());

        var results = runner.Run(new Dictionary<string, Tensor> { ["x"] = Tensor.Of([1f, 2f], 2) }, ["y", "same"]);

        Assert.Equal(["y", "same"], results.Keys);
        Assert.Equal([2f, 3f], results["y"].Floats);
        Assert.Equal([1f, 2f], results["same"].Floats);
        Assert.Equal(["y", "same", "z"], runner.OutputNames);
    }

    [Fact]
    public void A_cancelled_run_ends_with_cancellation()
    {
        var graph = s_attention.Build();
        using var weights = OperationCase.Weights(graph);
        using var runner = new TorchEngine().Load(graph, weights);
        using var source = new CancellationTokenSource();
        source.Cancel();

        Assert.Throws<OperationCanceledException>(() => runner.Run(s_attention.Inputs(graph), cancellationToken: source.Token));
    }

    [Fact]
    public void Negative_threads_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new TorchEngine(new TorchEngineOptions { Threads = -1 }));
    }

    [Fact]
    public void Is_called_by_its_name_and_version()
    {
        Assert.StartsWith("libtorch 2.", new TorchEngine().Name, StringComparison.Ordinal);
    }
}
