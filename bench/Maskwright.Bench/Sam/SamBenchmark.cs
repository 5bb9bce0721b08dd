using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Maskwright.Graphs;

namespace Maskwright.Bench.Sam;

/// <summary>The SAM family on every engine beside the plain operators of the same graph; every case in a process of its own. Prints a table, and draws it.</summary>
internal static class SamBenchmark
{
    private static readonly Dictionary<string, string> Engines = new()
    {
        ["plain"] = "plain operators", ["kernels"] = "ours", ["int8"] = "ours, int8", ["torch"] = "libtorch", ["bf16"] = "libtorch, bf16", ["node"] = "onnxruntime-node",
    };

    private static readonly (string Network, string Stage, string[] Engines)[] Cases =
    [
        ("slimsam-77", "encoder", ["plain", "kernels", "int8", "torch", "bf16", "node"]),
        ("slimsam-77", "four images", ["kernels"]),
        ("slimsam-50", "encoder", ["plain", "kernels", "int8", "bf16", "node"]),
        ("sam-vit-base", "encoder", ["plain", "kernels", "int8", "bf16", "node"]),
        ("slimsam-77", "clicks", ["plain", "kernels", "torch", "node"]),
        ("slimsam-77", "1024 clicks", ["plain", "kernels"]),
        ("slimsam-77", "everything", ["plain", "kernels", "int8", "node"]),
    ];

    /// <summary>Arguments: networks to take, all by default; <c>--stage NAME</c> for one stage; <c>--node MODULES</c> for the peer under node; <c>--plot FILE.svg</c>.</summary>
    public static int Run(string[] arguments)
    {
        string? After(string option) => arguments.SkipWhile(a => a != option).Skip(1).FirstOrDefault();
        var networks = arguments.TakeWhile(a => !a.StartsWith("--", StringComparison.Ordinal)).ToArray();
        var (stage, node, plot) = (After("--stage"), After("--node"), After("--plot"));
        var ceiling = Start("-", "ceiling", "kernels");
        var perSecond = ceiling.GigaFlops / ceiling.ProcessorSeconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Matrix product of the runtime: {perSecond:F0} GFLOP per processor second, {ceiling.GigaFlops / ceiling.Seconds:F0} per second in the median.\n"));
        Console.WriteLine("| network | stage | engine | wall s | cpu s | cpu: times faster than plain | share of the product's rate | peak MB |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|");
        List<Bar> bars = [];
        foreach (var (network, what, engines) in Cases.Where(c => (networks.Length == 0 || networks.Contains(c.Network)) && (stage is null || stage == c.Stage)))
        {
            SamCaseResult? plain = null;
            foreach (var engine in engines.Where(e => IsThere(e, node)))
            {
                var result = Start(network, what, engine == "node" ? $"node:{node}" : engine);
                plain ??= engine == "plain" ? result : null;
                Console.WriteLine(Row(network, what, engine, result, plain, perSecond));
                bars.Add(new Bar($"{network}, {what}", Engines[engine], result.ProcessorSeconds));
            }
        }

        if (plot is not null)
        {
            File.WriteAllText(plot, BarChart.Draw("processor seconds; less is better", bars));
        }

        return 0;
    }

    private static bool IsThere(string engine, string? node) => engine switch
    {
        "node" => node is not null,
        "int8" => ProcessorInstructions.MultipliesBytes,
        "bf16" => ProcessorInstructions.MultipliesBFloat16,
        _ => true,
    };

    private static string Row(string network, string stage, string engine, SamCaseResult result, SamCaseResult? plain, double perSecond)
    {
        var ratio = plain is null ? string.Empty : $"{Text(plain.ProcessorSeconds / result.ProcessorSeconds)}x";
        var share = result.GigaFlops > 0 ? (result.GigaFlops / result.ProcessorSeconds / perSecond).ToString("P0", CultureInfo.InvariantCulture) : string.Empty;
        return string.Create(CultureInfo.InvariantCulture, $"| {network} | {stage} | {Engines[engine]} | {Text(result.Seconds)} | {Text(result.ProcessorSeconds)} | {ratio} | {share} | {result.PeakMegabytes:F0} |");
    }

    private static SamCaseResult Start(string network, string stage, string engine)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true }; // a .NET program knows its own path
        foreach (var argument in new[] { "sam-case", network, stage, engine })
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!; // it is started, not joined
        var json = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? JsonSerializer.Deserialize<SamCaseResult>(json)! // a case prints one
            : throw new InvalidOperationException($"The case {network} {stage} {engine} failed.");
    }

    private static string Text(double number) => number.ToString(number < 1 ? "0.000" : "0.00", CultureInfo.InvariantCulture);
}
