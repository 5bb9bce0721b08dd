using System.CommandLine;
using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json;
using Maskwright.Cli.Reporting;
using Maskwright.Cli.Running;
using Maskwright.Formats;
using Maskwright.Graphs.Onnx;

namespace Maskwright.Cli.Verbs;

/// <summary><c>maskwright info</c>: versions, engines, devices, and what this machine can do. What a bug report should hold.</summary>
internal static class InfoVerb
{
    public static Command Create(Surroundings surroundings, HelpWriter help)
    {
        var json = new Option<bool>("--json") { Description = "Write one JSON document." };
        var command = new Command("info", "Tells versions, engines, devices, and the instructions of the processor. Put it into bug reports.") { json };
        command.SetAction(parsed =>
        {
            var facts = Facts(surroundings);
            if (parsed.GetValue(json))
            {
                surroundings.Out.WriteLine(JsonSerializer.Serialize(facts.ToDictionary(fact => fact.Name.Replace(' ', '_'), fact => fact.Value), JsonReporter.Format));
                return (int)ExitCode.Ok;
            }

            var column = facts.Max(fact => fact.Name.Length) + 2;
            foreach (var (name, value) in facts)
            {
                surroundings.Out.WriteLine($"{(name + ":").PadRight(column)}{(value is IEnumerable<string> list ? string.Join(", ", list) : value)}");
            }

            return (int)ExitCode.Ok;
        });
        help.Describe(command, "maskwright info [--json]", ["maskwright info", "maskwright info --json | jq .devices"]);
        return command;
    }

    private static List<(string Name, object Value)> Facts(Surroundings surroundings) =>
    [
        ("maskwright", VersionOf(typeof(InfoVerb).Assembly)),
        ("dotnet", RuntimeInformation.FrameworkDescription),
        ("system", $"{RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}"),
        ("processor", ProcessorFacts.Name()),
        ("cores", Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture)),
        ("instructions", ProcessorFacts.Instructions()),
        ("memory available", ByteText.Of(AvailableMemory.Read())),
        ("engine", $"ONNX Runtime {VersionOf(Assembly.Load("Microsoft.ML.OnnxRuntime"))}"),
        ("providers", OnnxRuntimeDevices.Providers),
        ("devices", OnnxRuntimeDevices.Available),
        ("kernels", ProcessorFacts.Kernels()),
        ("precisions", ProcessorFacts.Precisions()),
        ("threads", $"{Environment.ProcessorCount} for an operation; the kernels of this house run on those of ONNX Runtime"),
        ("torch engine", $"TorchSharp {VersionOf(Assembly.Load("TorchSharp"))}"),
        ("images", $"NetVips {VersionOf(Assembly.Load("NetVips"))}"),
        ("formats", MaskWriters.All.Select(writer => writer.FormatName).ToList()),
        ("hub", surroundings.Hub.IsOffline ? "offline (HF_HUB_OFFLINE)" : surroundings.Hub.Endpoint.ToString()),
        ("model cache", surroundings.Hub.CacheFolder),
        ("embedding cache", surroundings.DefaultEmbeddingFolder),
    ];

    private static string VersionOf(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? assembly.GetName().Version?.ToString() ?? "unknown";
}
