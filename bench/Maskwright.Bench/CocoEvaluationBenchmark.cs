using System.Diagnostics;
using Maskwright.Formats.Coco;
using Maskwright.Metrics;

namespace Maskwright.Bench;

/// <summary>Times the evaluation of detections, step by step, on one thread.</summary>
internal static class CocoEvaluationBenchmark
{
    private const int Runs = 40;

    /// <summary>Reads and measures a result file several times and prints the fastest run of each step.</summary>
    public static int Run(string[] arguments)
    {
        if (arguments is not [var truthPath, var resultPath, .. var rest])
        {
            Console.Error.WriteLine("coco-eval GROUND_TRUTH.json RESULTS.json [boxes] [lvis]");
            return 1;
        }

        var options = new AveragePrecisionOptions { Geometry = rest.Contains("boxes") ? OverlapGeometry.Boxes : OverlapGeometry.Masks };
        var (truth, truthSeconds) = Fastest(() => CocoReader.ReadInstances(truthPath));
        var (results, resultSeconds) = Fastest(() => CocoReader.ReadResults(resultPath, truth));
        var isLvis = rest.Contains("lvis");
        var (measured, measureSeconds) = Fastest(() => isLvis
            ? LvisEvaluation.Evaluate(truth, results, options.Geometry)
            : AveragePrecision.Evaluate(truth, results, options));
        Console.WriteLine($"{truth.Images.Count} images, {truth.Objects.Count} objects, {results.Count} detections, {options.Geometry}");
        Console.WriteLine($"read ground truth {1000 * truthSeconds:0.0} ms, read results {1000 * resultSeconds:0.0} ms, measure {1000 * measureSeconds:0.0} ms");
        Console.WriteLine(isLvis ? LvisSummary.Of(measured, truth.Categories).ToString() : string.Join("  ", CocoSummary.Of(measured).Values.Select(value => $"{value:0.000}")));
        return 0;
    }

    private static (T Result, double Seconds) Fastest<T>(Func<T> work)
    {
        var (result, best) = (work(), double.PositiveInfinity);
        for (var run = 0; run < Runs; run++)
        {
            var watch = Stopwatch.StartNew();
            result = work();
            best = Math.Min(best, watch.Elapsed.TotalSeconds);
        }

        return (result, best);
    }
}
