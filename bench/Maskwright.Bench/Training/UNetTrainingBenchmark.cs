using System.Diagnostics;
using System.Globalization;
using Maskwright.Geometry;
using Maskwright.Graphs.Weights;
using Maskwright.Networks.Semantic;
using Maskwright.Networks.UNet;
using Maskwright.Testing;
using Maskwright.Training.Torch;
using Spectre.Console;
using TorchSharp;

namespace Maskwright.Bench.Training;

/// <summary>Times a training step (forward and backward) of a small U-Net: the same network written by hand in TorchSharp, the graph on the Torch engine, and its variants.</summary>
internal static class UNetTrainingBenchmark
{
    private const int Width = 16, Depth = 4, Classes = 2, Batch = 4, Side = 192, Rounds = 9;

    /// <summary>Runs it; the first argument, if any, is the number of threads.</summary>
    public static int Run(string[] arguments)
    {
        torch.set_num_threads(arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : Environment.ProcessorCount);
        var image = torch.tensor(SyntheticTensor.Input("bench:unet", Batch, 3, Side, Side), [Batch, 3, Side, Side]);
        using var hand = new HandWrittenUNet(Width, Depth, Classes);
        var network = new UNetConfig { Name = "unet", Width = Width, Depth = Depth, ClassCount = Classes }.Build(new SemanticGraphOptions { Size = new ImageSize(Side, Side), Batch = Batch });
        using var weights = WeightFile.FromArrays(network.Parameters.Select(p => (p.Name, (IReadOnlyList<long>)p.Shape.ToSizes(), SyntheticTensor.Weight(p.Name, p.Shape.ToSizes()))));
        using var exact = new TorchGraph(network, weights);
        using var half = new TorchGraph(network, weights, new TorchGraphOptions { Precision = TorchPrecision.BFloat16 });
        using var sparing = new TorchGraph(network, weights, new TorchGraphOptions { Checkpoints = ["down*", "up*"] });
        Func<torch.Tensor>[] forwards = [() => hand.call(image), () => Forward(exact, image), () => Forward(half, image), () => Forward(sparing, image)];
        var processor = forwards.Select(_ => new List<double>()).ToArray();
        for (var round = 0; round <= Rounds; round++) // in turn, so that a busy machine disturbs all alike; the first round only warms up
        {
            for (var i = 0; i < forwards.Length; i++)
            {
                var milliseconds = Step(forwards[i], i == 0 ? hand.parameters() : Graphs(i, exact, half, sparing).Weights.Parameters.Values);
                processor[i].AddRange(round > 0 ? [milliseconds] : []);
            }
        }

        Report(processor);
        return 0;
    }

    private static TorchGraph Graphs(int index, params TorchGraph[] graphs) => graphs[index - 1];

    private static torch.Tensor Forward(TorchGraph graph, torch.Tensor image) =>
        graph.Forward(new Dictionary<string, torch.Tensor> { [graph.Graph.Inputs[0].Name] = image }, TorchMode.Train).Values.First();

    private static double Step(Func<torch.Tensor> forward, IEnumerable<torch.Tensor> parameters)
    {
        using var process = Process.GetCurrentProcess();
        using var scope = torch.NewDisposeScope();
        var before = process.TotalProcessorTime;
        forward().square().mean().backward();
        process.Refresh();
        var spent = process.TotalProcessorTime - before;
        foreach (var parameter in parameters)
        {
            parameter.grad = null;
        }

        return spent.TotalMilliseconds;
    }

    private static void Report(List<double>[] processor)
    {
        string[] names = ["written by hand in TorchSharp", "Torch engine", "Torch engine, bfloat16", "Torch engine, checkpoints"];
        var table = new Table().AddColumns("U-Net, forward and backward", "median processor ms", "best processor ms", "of the one by hand");
        var hand = Median(processor[0]);
        foreach (var (name, times) in names.Zip(processor))
        {
            table.AddRow(name, Digits(Median(times), "f0"), Digits(times.Min(), "f0"), Digits(Median(times) / hand, "p0"));
        }

        AnsiConsole.WriteLine($"Width {Width}, depth {Depth}, {Batch} images of {Side} x {Side}, {torch.get_num_threads()} threads, {Rounds} rounds in turn.");
        AnsiConsole.Write(table);
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static string Digits(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
