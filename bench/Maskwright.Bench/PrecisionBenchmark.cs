using System.Globalization;
using Maskwright.Formats.Images;
using Maskwright.Graphs;
using Maskwright.Graphs.Onnx;
using Maskwright.Images;
using Maskwright.Masks;
using Maskwright.Metrics;
using Maskwright.Networks.Seedling;
using Maskwright.Segmentation;
using Maskwright.Training.Torch;

namespace Maskwright.Bench;

/// <summary>What rounding costs and gains: Seedling in every precision beside its exact form, on photos.</summary>
internal static class PrecisionBenchmark
{
    private const double SameMaskIou = 0.9;
    private const int Across = 5;
    private const int Boxes = 8;
    private const int Runs = 2;

    /// <summary>Arguments: <c>--model FILE</c> for another Seedling than the built-in one, <c>--only NAME,NAME</c> for some engines beside the exact one, photos.</summary>
    public static int Run(string[] arguments)
    {
        string? After(string option) => arguments.SkipWhile(a => a != option).Skip(1).FirstOrDefault();
        var (file, only) = (After("--model"), After("--only"));
        string[] photos = [.. arguments.Where(a => a is not ("--model" or "--only") && a != file && a != only)];
        (string Name, IGraphEngine Engine)[] engines =
        [
            ("ONNX Runtime fp32", new OnnxRuntimeEngine()),
            .. ProcessorInstructions.MultipliesBytes ? [("ONNX Runtime int8", new OnnxRuntimeEngine(new OnnxRuntimeOptions { Precision = OnnxPrecision.Int8 }))] : Array.Empty<(string, IGraphEngine)>(),
            ("libtorch fp32", new TorchEngine()),
            .. ProcessorInstructions.MultipliesBFloat16 ? [("libtorch bf16", new TorchEngine(new TorchEngineOptions { Precision = TorchPrecision.BFloat16 }))] : Array.Empty<(string, IGraphEngine)>(),
        ];
        List<Answers>? exact = null;
        Console.WriteLine("| engine | image, cpu ms | a click of 25, cpu ms | everything, cpu s | IoU of readings | IoU of clicks' answers | IoU of boxes | lowest of a photo | everything: found of exact |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|");
        foreach (var (name, engine) in engines.Where((e, i) => i == 0 || only is null || only.Split(',').Contains(e.Name)))
        {
            using var segmenter = file is null ? SeedlingSegmenter.BuiltIn(engine) : SeedlingSegmenter.Load(file, engine);
            List<Answers> answers = [.. photos.Select(photo => Ask(segmenter, ImageReader.Read(photo)))];
            exact ??= answers;
            Report(name, answers, exact);
        }

        return 0;
    }

    private static Answers Ask(SeedlingSegmenter segmenter, RgbImage image)
    {
        using var embedding = segmenter.Encode(image);
        Prompt[] clicks = [.. Enumerable.Range(0, Across * Across).Select(i => Prompt.Point((i % Across + 0.5) * image.Width / Across, ((i / Across) + 0.5) * image.Height / Across))];
        Prompt[] boxes = [.. Enumerable.Range(0, Boxes).Select(i => Prompt.InBox(
            i % 4 * image.Width / 5.0, i / 4 * image.Height / 3.0, ((i % 4) + 2) * image.Width / 5.0, ((i / 4) + 2) * image.Height / 3.0))];
        var readings = segmenter.Decode(embedding, clicks);
        var boxed = segmenter.Decode(embedding, boxes, multimask: false);
        var encode = ProcessorSeconds(() => segmenter.Encode(image).Dispose());
        var decode = ProcessorSeconds(() => segmenter.Predict(embedding, clicks, new PredictionOptions()));
        IReadOnlyList<MaskProposal> everything = [];
        var all = ProcessorSeconds(() => everything = new SeedlingGenerator(segmenter).Generate(image).Proposals, runs: 1);
        return new Answers(readings, boxed, everything, encode, decode / clicks.Length, all);
    }

    private static double ProcessorSeconds(Action action, int runs = Runs) => Enumerable.Range(0, runs).Min(_ =>
    {
        var before = Environment.CpuUsage.TotalTime;
        action();
        return (Environment.CpuUsage.TotalTime - before).TotalSeconds;
    });

    private static void Report(string name, List<Answers> answers, List<Answers> exact)
    {
        var pairs = answers.Zip(exact).ToArray();
        double[] readings = [.. pairs.Select(pair => pair.First.Readings.Zip(pair.Second.Readings).SelectMany(p => p.First.Zip(p.Second)).Average(Iou))];
        double[] clicks = [.. pairs.Select(pair => pair.First.Readings.Zip(pair.Second.Readings).Average(p => Iou((Best(p.First), Best(p.Second)))))];
        double[] boxes = [.. pairs.Select(pair => pair.First.Boxes.Zip(pair.Second.Boxes).Average(p => Iou((p.First[0], p.Second[0]))))];
        var found = pairs.Average(pair => pair.Second.Everything.Average(mask => pair.First.Everything.Any(other => Iou((other, mask)) >= SameMaskIou) ? 1.0 : 0));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {name} | {1e3 * answers.Average(a => a.Encode):F0} | {1e3 * answers.Average(a => a.Click):F2} | {answers.Average(a => a.All):F2} | {readings.Average():F4} | {clicks.Average():F4} | {boxes.Average():F4} | {readings.Min():F4} | {found:P1} |"));
    }

    private static MaskProposal Best(IReadOnlyList<MaskProposal> masks) => masks.MaxBy(mask => mask.PredictedIou)!; // every prompt has some

    private static double Iou((MaskProposal First, MaskProposal Second) pair) => MaskOverlap.Of(pair.First.Mask, pair.Second.Mask).Iou;

    private sealed record Answers(
        IReadOnlyList<IReadOnlyList<MaskProposal>> Readings, IReadOnlyList<IReadOnlyList<MaskProposal>> Boxes, IReadOnlyList<MaskProposal> Everything, double Encode, double Click, double All);
}
