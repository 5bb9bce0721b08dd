using System.Diagnostics;
using System.Text.Json;
using Maskwright.Formats.Images;
using Maskwright.Geometry;
using Maskwright.Graphs;
using Maskwright.Graphs.Onnx;
using Maskwright.Graphs.Weights;
using Maskwright.Images;
using Maskwright.Networks;
using Maskwright.Networks.Sam;
using Maskwright.Segmentation;
using Maskwright.Testing;
using Maskwright.Training.Torch;

namespace Maskwright.Bench.Sam;

/// <summary>One network at one stage in this process; prints its result as JSON.</summary>
internal static class SamCase
{
    /// <summary>Rows, inputs and outputs of the product that is the measure of all others.</summary>
    private const int Rows = 4096, Inputs = 768, Outputs = 3072;

    /// <summary>Arguments: network, stage, engine (<c>plain</c>, <c>kernels</c>, <c>int8</c>, <c>torch</c>, <c>bf16</c>, or <c>node:MODULES</c>), and for everything mode optionally the photo's size as WIDTHxHEIGHT.</summary>
    public static int Run(string[] arguments)
    {
        var result = arguments[1] == "ceiling" ? Ceiling() : OfNetwork(SamConfig.Presets.Single(p => p.Name == arguments[0]), arguments);
        Console.WriteLine(JsonSerializer.Serialize(result));
        return 0;
    }

    /// <summary>A file of the checkout, in which the program lies.</summary>
    public static string FindAbove(params string[] parts)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine([folder.FullName, .. parts]);
            if (File.Exists(path))
            {
                return path;
            }
        }

        throw new FileNotFoundException($"{Path.Combine(parts)} is not above the program: run the benchmark from the checkout.");
    }

    private static SamCaseResult OfNetwork(SamConfig config, string[] arguments)
    {
        var (stage, engine) = (arguments[1], arguments[2]);
        int[] size = arguments.Length > 3 ? [.. arguments[3].Split('x').Select(int.Parse)] : [1024, 683];
        var image = PillowResize.Resize(ImageReader.Read(FindAbove("samples", "photos", "coffee.png")), new ImageSize(size[0], size[1]));
        using var weights = SyntheticWeights(config);
        var flops = stage == "encoder" ? 2e-9 * GraphSummary.Of(SamGraphs.Encoder(config)).Cost!.Value.Total : 0; // its sizes are known
        if (engine.StartsWith("node:", StringComparison.Ordinal))
        {
            return new NodePeer(engine[5..]).Run(config, weights, new FrameTransform(image.Size, config.Encoder.ImageSize).Prepare(image), stage) with { GigaFlops = flops };
        }

        using var segmenter = SamSegmenter.Create(config, weights, Engine(engine), foldsPrompts: engine != "plain");
        var result = stage switch
        {
            "encoder" => Measure(3, () => segmenter.Encode(image).Dispose()),
            "four images" => Measure(1, () => Enumerable.Range(0, 4).ToList().ForEach(_ => segmenter.Encode(image).Dispose())),
            "click" => Clicks(segmenter, image, 1, runs: 15),
            "clicks" => Clicks(segmenter, image, 64, runs: 2),
            "1024 clicks" => Clicks(segmenter, image, 1024, runs: 1),
            "everything" => Everything(segmenter, image),
            _ => throw new ArgumentException($"There is no stage {stage}."),
        };
        return result with { GigaFlops = flops, PeakMegabytes = Process.GetCurrentProcess().PeakWorkingSet64 / 1e6 };
    }

    private static IGraphEngine Engine(string name) => name switch
    {
        "plain" => new OnnxRuntimeEngine(new OnnxRuntimeOptions { UseKernels = false }),
        "kernels" => new OnnxRuntimeEngine(),
        "int8" => new OnnxRuntimeEngine(new OnnxRuntimeOptions { Precision = OnnxPrecision.Int8 }),
        "torch" => new TorchEngine(),
        "bf16" => new TorchEngine(new TorchEngineOptions { Precision = TorchPrecision.BFloat16 }),
        _ => throw new ArgumentException($"There is no engine {name}."),
    };

    // What the runtime's own matrix product reaches here and now: the measure of what is possible.
    private static SamCaseResult Ceiling()
    {
        var g = new GraphBuilder("ceiling");
        g.Output("y", g.Linear(g.Input("x", Rows, Inputs), "layer", Outputs));
        var graph = g.Build();
        using var weights = WeightFile.FromArrays(graph.Parameters.Select(p => (p.Name, (IReadOnlyList<long>)p.Shape.ToSizes(), SyntheticTensor.Weight(p.Name, p.Shape.ToSizes()))));
        using var runner = new OnnxRuntimeEngine().Load(graph, weights);
        var x = new Dictionary<string, Tensor> { ["x"] = Tensor.Of(SyntheticTensor.Input("x", Rows, Inputs), Rows, Inputs) };
        return Measure(10, () => runner.Run(x)) with { GigaFlops = 2e-9 * Rows * Inputs * Outputs };
    }

    private static SamCaseResult Clicks(SamSegmenter segmenter, RgbImage image, int count, int runs)
    {
        using var embedding = segmenter.Encode(image);
        Prompt[] prompts = [.. Enumerable.Range(0, count).Select(i => Prompt.Point((i % 32 * image.Width / 32.0) + 16, (i / 32 * image.Height / 32.0) + 10))];
        segmenter.Predict(embedding, [.. prompts.Take(8)], new PredictionOptions());
        return Measure(runs, () => segmenter.Predict(embedding, prompts, new PredictionOptions()), isWarm: true);
    }

    // Synthetic weights give scattered masks of any quality: every mask goes through every step that follows the decoder, which is the worst case for it.
    private static SamCaseResult Everything(SamSegmenter segmenter, RgbImage image)
    {
        var generator = new AutomaticMaskGenerator(segmenter, new AutomaticMaskOptions { PredIouThreshold = -100, StabilityScoreThreshold = 0 });
        using (var embedding = segmenter.Encode(image))
        {
            segmenter.Predict(embedding, [Prompt.Point(5, 5)], new PredictionOptions());
        }

        return Measure(1, () => generator.Generate(image), isWarm: true);
    }

    private static SamCaseResult Measure(int runs, Action action, bool isWarm = false)
    {
        if (!isWarm)
        {
            action();
        }

        var (seconds, processor) = (new double[runs], double.PositiveInfinity);
        for (var i = 0; i < runs; i++)
        {
            var before = Environment.CpuUsage.TotalTime;
            var clock = Stopwatch.StartNew();
            action();
            seconds[i] = clock.Elapsed.TotalSeconds;
            processor = Math.Min(processor, (Environment.CpuUsage.TotalTime - before).TotalSeconds);
        }

        Array.Sort(seconds);
        return new SamCaseResult(seconds[runs / 2], processor, 0);
    }

    private static WeightFile SyntheticWeights(SamConfig config) => WeightFile.FromArrays(
        SamGraphs.Parameters(config).Select(p => (p.Name, (IReadOnlyList<long>)p.Shape.ToSizes(), SyntheticTensor.Weight(p.Name, p.Shape.ToSizes()))));
}
