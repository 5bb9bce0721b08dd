using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Spectre.Console;

namespace Maskwright.Bench.Sam;

/// <summary>The SAM family with this house's kernels beside the plain operators of the same graph on the same ONNX Runtime; every case in a process of its own.</summary>
internal static class SamBenchmark
{
    private static readonly string[] Networks = ["slimsam-77", "slimsam-50", "sam-vit-base"];
    private static readonly string[] Stages = ["encoder", "click", "everything"];

    /// <summary>Runs it. Arguments: networks to take, all by default; <c>--stage NAME</c> for one stage.</summary>
    public static int Run(string[] arguments)
    {
        var stages = arguments.SkipWhile(a => a != "--stage").Skip(1).Take(1).DefaultIfEmpty(null).SelectMany(s => s is null ? Stages : [s]).ToArray();
        var networks = arguments.TakeWhile(a => a != "--stage").DefaultIfEmpty(null).SelectMany(n => n is null ? Networks : [n]).ToArray();
        var table = new Table().Title("1024-side photo, synthetic weights, float32").AddColumns("network", "stage", "plain s", "ours s", "ratio", "plain cpu s", "ours cpu s", "ratio", "plain MB", "ours MB", "after the decoder");
        foreach (var network in networks)
        {
            foreach (var stage in stages)
            {
                Console.Error.WriteLine($"{network} {stage} ...");
                var (plain, ours) = (Case(network, stage, "plain"), Case(network, stage, "kernels"));
                table.AddRow(
                    network, stage, Text(plain.Seconds), Text(ours.Seconds), $"{plain.Seconds / ours.Seconds:F2}x", Text(plain.ProcessorSeconds), Text(ours.ProcessorSeconds),
                    $"{plain.ProcessorSeconds / ours.ProcessorSeconds:F2}x", $"{plain.PeakMegabytes:F0}", $"{ours.PeakMegabytes:F0}", ours.AfterDecoderShare is { } share ? $"{share:P1}" : string.Empty);
            }
        }

        AnsiConsole.Profile.Width = Math.Max(AnsiConsole.Profile.Width, 140); // a pipe has no width of its own
        AnsiConsole.Write(table);
        return 0;
    }

    private static SamCaseResult Case(string network, string stage, string kernels)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true }; // a .NET program knows its own path
        foreach (var argument in new[] { "sam-case", network, stage, kernels })
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var json = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? JsonSerializer.Deserialize<SamCaseResult>(json)!
            : throw new InvalidOperationException($"The case {network} {stage} {kernels} failed.");
    }

    private static string Text(double seconds) => seconds.ToString(seconds < 1 ? "0.000" : "0.00", CultureInfo.InvariantCulture);
}

/// <summary>What one case took.</summary>
/// <param name="Seconds">Median wall time.</param>
/// <param name="ProcessorSeconds">Least processor time of all threads together.</param>
/// <param name="PeakMegabytes">The process's peak resident memory.</param>
/// <param name="AfterDecoderShare">Of everything mode, what is neither encoder nor decoder.</param>
internal sealed record SamCaseResult(double Seconds, double ProcessorSeconds, double PeakMegabytes, double? AfterDecoderShare = null);
