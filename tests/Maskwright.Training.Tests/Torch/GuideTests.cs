using System.Runtime.CompilerServices;
using Maskwright.Graphs;
using Maskwright.Graphs.Weights;
using Maskwright.Testing;
using Maskwright.Training.Losses;
using Maskwright.Training.Torch;
using TorchSharp;
using Xunit;

namespace Maskwright.Training.Tests.Torch;

/// <summary>The example of docs/guide/torch.md, as it stands there.</summary>
public class GuideTests
{
    [Fact]
    public void The_guide_s_example_learns_a_line()
    {
        using var folder = new TemporaryFolder();
        var g = new GraphBuilder("line");
        g.Output("y", g.Linear(g.Input("x", Dim.Symbolic("B"), 2), "layer", 1));
        var graph = g.Build();
        using var weights = WeightFile.FromArrays([("layer.weight", [1, 2], [0f, 0f]), ("layer.bias", [1], [0f])]);
        using var network = new TorchGraph(graph, weights, new TorchGraphOptions { Seed = 1 });
        var groups = ParameterGroup.Of(network.Weights, weightDecay: 0);
        using var optimizer = TorchOptimizers.AdamW(groups, learningRate: 0.1);
        for (var step = 0; step < 500; step++)
        {
            using var scope = torch.NewDisposeScope(); // everything a step makes goes with it
            network.BeginStep(step);
            network.Weights.ForgetGradients();
            var x = torch.tensor(new float[] { 1, 0, 0, 1, 1, 1 }, [3, 2]);
            var wanted = torch.tensor(new float[] { 3, 5, 7 }, [3, 1]);
            var y = network.Forward(new Dictionary<string, torch.Tensor> { ["x"] = x }, TorchMode.Train)["y"];
            RegressionLoss.Squared(y, wanted).backward();
            optimizer.step();
        }

        network.Weights.Save(folder.File("line.safetensors"));

        using var learned = WeightFile.Open(folder.File("line.safetensors"));
        Assert.Equal([2f, 4f], learned["layer.weight"].ToFloat32(), (a, b) => Math.Abs(a - b) < 0.1);
        Assert.Equal(1f, learned["layer.bias"].ToFloat32()[0], 0.1);
    }

    [Fact]
    public void The_guide_shows_the_example_as_it_runs_here()
    {
        var source = File.ReadAllText(Here()).Replace("folder.File(\"line.safetensors\")", "\"line.safetensors\"", StringComparison.Ordinal);
        var guide = File.ReadAllText(Path.Combine(Path.GetDirectoryName(Here())!, "..", "..", "..", "docs", "guide", "torch.md")); // a file lies in a folder
        var example = guide[guide.IndexOf("var g = new GraphBuilder", StringComparison.Ordinal)..guide.IndexOf("- Several graphs", StringComparison.Ordinal)];

        var lines = example.Split('\n').TakeWhile(line => !line.StartsWith("```", StringComparison.Ordinal)).Select(line => line.Trim()).Where(line => line.Length > 0);

        Assert.All(lines, line => Assert.Contains(line, source, StringComparison.Ordinal));
    }

    private static string Here([CallerFilePath] string path = "") => path;
}
