using System.CommandLine;
using System.Globalization;
using Maskwright.Cli.Options;
using Maskwright.Graphs.Onnx;
using Maskwright.Networks.Catalog;
using Maskwright.Networks.Catalog.Hub;

namespace Maskwright.Cli.Verbs.Models;

/// <summary><c>maskwright models export</c>: a model as ONNX files for anybody's runtime.</summary>
internal static class ModelsExportVerb
{
    private static readonly string[] Examples =
    [
        "maskwright models export street.safetensors --output street.onnx",
        "maskwright models export seedling --output seedling.onnx",
        "maskwright models export sam_vit_b_01ec64.pth --output sam.onnx --opset 20",
    ];

    public static Command Create(Surroundings surroundings, HelpWriter help)
    {
        var name = new Argument<string>("NAME|FILE") { Description = "A checkpoint (.safetensors, .pth), a folder with one, or a name of the catalog." };
        name.CompletionSources.Add([.. ModelCatalog.Entries.Select(entry => entry.ShortName)]);
        var output = new Option<string?>("--output", "-o") { Description = "The file to write. A network of several parts gets one each: x.onnx becomes x-encoder.onnx, x-decoder.onnx. [default: the network's name]", HelpName = "file" };
        var opset = new Option<int?>("--opset") { Description = "The version of ONNX's standard operators, 17 to 21. [default: 17]", HelpName = "n", CustomParser = NumberSyntax.Whole };
        var command = new Command("export", "Writes a model as ONNX files of standard operators, which other runtimes run.") { name, output, opset };
        command.SetAction(parsed =>
        {
            var version = parsed.GetValue(opset) ?? new OnnxWriterOptions().Opset;
            if (version is < 17 or > 21)
            {
                throw new ToolException(ExitCode.Usage, $"--opset must be 17 to 21, not {version}");
            }

            using var model = Open(parsed.GetRequiredValue(name), surroundings);
            Write(model, parsed.GetValue(output) ?? $"{model.Network}.onnx", new OnnxWriterOptions { Opset = version }, surroundings.Out);
            return (int)ExitCode.Ok;
        });
        help.Describe(command, "maskwright models export NAME|FILE [--output FILE]", Examples);
        return command;
    }

    private static ModelGraphs Open(string name, Surroundings surroundings)
    {
        try
        {
            return ModelGraphs.Open(new ModelResolver(new HubCache(surroundings.Hub)).Resolve(name));
        }
        catch (NotSupportedException fault)
        {
            throw new ToolException(ExitCode.Usage, fault.Message, fault);
        }
    }

    private static void Write(ModelGraphs model, string output, OnnxWriterOptions options, TextWriter told)
    {
        foreach (var part in model.Parts)
        {
            var path = part.Role.Length == 0 ? output : Path.Combine(Path.GetDirectoryName(output) ?? string.Empty, $"{Path.GetFileNameWithoutExtension(output)}-{part.Role}{Path.GetExtension(output)}");
            OnnxWriter.Write(part.Graph, model.Weights, path, options);
            told.WriteLine($"{path} ({ByteText.Of(new FileInfo(path).Length)})");
            told.WriteLine($"  takes {string.Join(", ", part.Graph.Inputs)}");
            told.WriteLine($"  gives {string.Join(", ", part.Graph.Outputs.Select(pair => $"{pair.Key} {pair.Value.Shape}"))}");
        }

        if (model.Normalisation is { } n)
        {
            told.WriteLine($"image: red, green, blue, each (sample/255 - mean) / deviation; means {Numbers(n.Mean)}, deviations {Numbers(n.Deviation)}");
        }

        if (model.ClassNames.Count > 0)
        {
            told.WriteLine($"classes: {string.Join(", ", model.ClassNames)}");
        }
    }

    private static string Numbers(IEnumerable<double> values) => string.Join(", ", values.Select(value => value.ToString("0.###", CultureInfo.InvariantCulture)));
}
