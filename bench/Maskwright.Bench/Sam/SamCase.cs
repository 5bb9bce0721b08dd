using System.Diagnostics;
using System.Text.Json;
using Maskwright.Formats.Images;
using Maskwright.Geometry;
using Maskwright.Graphs.Onnx;
using Maskwright.Graphs.Weights;
using Maskwright.Images;
using Maskwright.Networks.Sam;
using Maskwright.Segmentation;
using Maskwright.Testing;

namespace Maskwright.Bench.Sam;

/// <summary>One network at one stage in this process; prints its result as JSON.</summary>
internal static class SamCase
{
    /// <summary>Arguments: network, stage, <c>kernels</c> or <c>plain</c>, and for everything mode optionally the photo's size as WIDTHxHEIGHT.</summary>
    public static int Run(string[] arguments)
    {
        var config = SamConfig.Presets.Single(p => p.Name == arguments[0]);
        var size = arguments.Length > 3 ? arguments[3].Split('x').Select(int.Parse).ToArray() : [1024, 683];
        var image = PillowResize.Resize(ImageReader.Read(SamplePhoto()), new ImageSize(size[0], size[1]));
        using var weights = SyntheticWeights(config);
        using var segmenter = SamSegmenter.Create(config, weights, new OnnxRuntimeEngine(new OnnxRuntimeOptions { UseKernels = arguments[2] != "plain" }), foldsPrompts: arguments[2] == "kernels");
        var result = arguments[1] switch
        {
            "encoder" => Measure(3, () => segmenter.Encode(image).Dispose()),
            "click" => Click(segmenter, image),
            "clicks" => Clicks(segmenter, image),
            "everything" => Everything(segmenter, image),
            _ => throw new ArgumentException($"There is no stage {arguments[1]}."),
        };
        Console.WriteLine(JsonSerializer.Serialize(result with { PeakMegabytes = PeakMegabytes() }));
        return 0;
    }

    private static SamCaseResult Click(SamSegmenter segmenter, RgbImage image)
    {
        using var embedding = segmenter.Encode(image);
        return Measure(15, () => segmenter.Decode(embedding, Prompt.Point(image.Width / 2.0, image.Height / 2.0)));
    }

    private static SamCaseResult Clicks(SamSegmenter segmenter, RgbImage image)
    {
        using var embedding = segmenter.Encode(image);
        Prompt[] prompts = [.. Enumerable.Range(0, 64).Select(i => Prompt.Point((i % 8 * 100) + 50, (i / 8 * 70) + 30))];
        return Measure(3, () => segmenter.Predict(embedding, prompts, new PredictionOptions()));
    }

    // Synthetic weights give scattered masks of any quality: every mask goes through every step that follows the decoder, which is the worst case for it.
    private static SamCaseResult Everything(SamSegmenter segmenter, RgbImage image)
    {
        var timed = new TimedSegmenter(segmenter);
        var generator = new AutomaticMaskGenerator(timed, new AutomaticMaskOptions { PredIouThreshold = -100, StabilityScoreThreshold = 0 });
        segmenter.Encode(image).Dispose();
        var processor = Environment.CpuUsage.TotalTime;
        var clock = Stopwatch.StartNew();
        var proposals = generator.Generate(image).Proposals;
        var seconds = clock.Elapsed.TotalSeconds;
        Console.Error.WriteLine($"  {seconds:F1} s, encoder {timed.EncodeSeconds:F1} s, decoder {timed.PredictSeconds:F1} s, {proposals.Count} masks");
        return new SamCaseResult(seconds, (Environment.CpuUsage.TotalTime - processor).TotalSeconds, 0, 1 - ((timed.EncodeSeconds + timed.PredictSeconds) / seconds));
    }

    private static SamCaseResult Measure(int runs, Action action)
    {
        action();
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

    private static string SamplePhoto()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var photo = Path.Combine(folder.FullName, "samples", "photos", "coffee.png");
            if (File.Exists(photo))
            {
                return photo;
            }
        }

        throw new FileNotFoundException("samples/photos/coffee.png is not above the program: run the benchmark from the checkout.");
    }

    private static double PeakMegabytes() => Process.GetCurrentProcess().PeakWorkingSet64 / 1e6;

    private sealed class TimedSegmenter(IPromptSegmenter inner) : IPromptSegmenter
    {
        public double EncodeSeconds { get; private set; }

        public double PredictSeconds { get; private set; }

        public string Name => inner.Name;

        public double MaskThresholdLogit => inner.MaskThresholdLogit;

        public ImageEmbedding Encode(RgbImage image, CancellationToken cancellationToken = default)
        {
            var clock = Stopwatch.StartNew();
            var embedding = inner.Encode(image, cancellationToken);
            EncodeSeconds += clock.Elapsed.TotalSeconds;
            return embedding;
        }

        public MaskPredictions Predict(ImageEmbedding embedding, IReadOnlyList<Prompt> prompts, PredictionOptions options, CancellationToken cancellationToken = default)
        {
            var clock = Stopwatch.StartNew();
            var predictions = inner.Predict(embedding, prompts, options, cancellationToken);
            PredictSeconds += clock.Elapsed.TotalSeconds;
            return predictions;
        }

        public void Dispose()
        {
        }
    }
}
