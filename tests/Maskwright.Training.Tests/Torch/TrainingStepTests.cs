using System.Diagnostics;
using Maskwright.Graphs;
using Maskwright.Training.Tests.Gradients;
using Maskwright.Training.Torch;
using TorchSharp;
using Xunit;

namespace Maskwright.Training.Tests.Torch;

/// <summary>Many steps of a tiny training: memory stays, results repeat.</summary>
[Collection(WholeProcess.Name)]
public class TrainingStepTests
{
    // One activation of 16 kB a step would be 32 MB in 2000 steps.
    private const long Forgotten = 24_000_000;

    [Fact]
    public void Memory_is_steady_over_thousands_of_steps()
    {
        using var training = new TinyTraining(checkpoints: ["block"]);
        training.Run(500);
        var handles = LiveHandles();

        var growth = new List<long>();
        while (growth.Count < 4 && (growth.Count == 0 || growth[^1] >= Forgotten))
        {
            var bytes = ResidentBytes();
            training.Run(2000);
            growth.Add(ResidentBytes() - bytes);
        }

        // What allocators keep for later settles after some rounds; what is forgotten grows with every one.
        Assert.Equal(handles, LiveHandles());
        Assert.True(growth[^1] < Forgotten, $"memory grew by {string.Join(", ", growth)} bytes in every 2000 steps");
    }

    [Fact]
    public void The_same_seed_gives_the_same_losses_to_the_last_bit()
    {
        using TinyTraining first = new(), second = new(), other = new(seed: 2);

        var losses = first.Run(20);

        Assert.Equal(losses, second.Run(20));
        Assert.NotEqual(losses, other.Run(20));
        Assert.True(losses[^1] < losses[0]);
    }

    private static long ResidentBytes()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true); // gives memory back
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }

    private static long LiveHandles() => DisposeScopeManager.Statistics.ThreadTotalLiveCount;

    private sealed class TinyTraining : IDisposable
    {
        private readonly TorchGraph _network;
        private readonly torch.optim.Optimizer _optimizer;
        private long _step;

        public TinyTraining(long seed = 1, params string[] checkpoints)
        {
            var g = new GraphBuilder("net");
            var block = g.Scope("block");
            var x = block.Relu(block.BatchNorm2d(block.Conv2d(g.Input("x", 8, 3, 8, 8), "conv", 8, 3, padding: 1), "norm"));
            x = g.Transpose(g.Reshape(g.Dropout(g.MaxPool2d(x, 2, 2), 0.2), 8, 8, 16), 0, 2, 1); // -> [8,16,8]
            g.Output("y", g.Linear(g.Attention(x, x, x, 2), "head", 1));
            var graph = g.Build();
            using var weights = OperationCase.Weights(graph);
            _network = new TorchGraph(graph, weights, new TorchGraphOptions { Seed = seed, Checkpoints = checkpoints });
            _optimizer = torch.optim.AdamW(_network.Weights.Parameters.Values, 1e-3);
        }

        public float[] Run(int steps) => [.. Enumerable.Range(0, steps).Select(_ => Step())];

        public void Dispose()
        {
            _optimizer.Dispose();
            _network.Dispose();
        }

        private float Step()
        {
            using var scope = torch.NewDisposeScope();
            _network.BeginStep(_step++);
            _network.Weights.ForgetGradients();
            var x = TorchArrays.Synthetic($"input:{_step % 7}", 8, 3, 8, 8);
            var loss = (_network.Forward(new Dictionary<string, torch.Tensor> { ["x"] = x }, TorchMode.Train)["y"] - 1).square().mean();
            loss.backward();
            _optimizer.step();
            return loss.item<float>();
        }
    }
}
