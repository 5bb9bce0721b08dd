using System.CommandLine;
using Maskwright.Cli.Models;
using Maskwright.Networks.Catalog;

namespace Maskwright.Cli.Options;

/// <summary>Which network of known classes, and what the classes are called.</summary>
internal sealed class ClassModelOptions : OptionGroup
{
    private readonly Option<string?> _model;

    private readonly Option<string?> _classes = new("--classes")
    {
        Description = "A text file with one class name a line, the first for class 0. [default: the checkpoint's, else those usual for their number]",
        HelpName = "file",
    };

    private readonly Option<string> _device = new("--device")
    {
        Description = "Where networks run: cpu, cuda or cuda:n. A device that is not there is an error, never a silent fallback.",
        HelpName = "device",
        DefaultValueFactory = _ => "cpu",
    };

    private readonly PrecisionOption _precision = new();

    private readonly SegmentationTask _task;

    /// <param name="task">What the models are made for.</param>
    public ClassModelOptions(SegmentationTask task)
    {
        _task = task;
        _model = new("--model", "-m")
        {
            Description = "A checkpoint (.safetensors, .pth), a folder with one, or a name of the catalog (maskwright models list). Which network it holds is told from its content.",
            HelpName = "name|path",
        };
        _model.CompletionSources.Add([.. ModelCatalog.Entries.Where(entry => entry.Task == task).Select(entry => entry.ShortName)]);
    }

    public override string Title => "Model";

    public override IReadOnlyList<Option> Options => [_model, _classes, _device, _precision];

    /// <summary>Reads what was given.</summary>
    /// <exception cref="ToolException">No model is named, or the class names cannot be read.</exception>
    public ClassModelRequest Read(ParseResult parsed)
    {
        var known = string.Join(", ", ModelCatalog.Entries.Where(entry => entry.Task == _task).Select(entry => entry.ShortName).Take(3));
        var name = parsed.GetValue(_model) ?? throw new ToolException(ExitCode.Usage, $"--model is missing: a checkpoint, or a name such as {known}");
        return new ClassModelRequest(name, parsed.GetRequiredValue(_device), parsed.GetValue(_classes) is { } file ? Names(file) : null) { Precision = _precision.Read(parsed) };
    }

    private static string[] Names(string file)
    {
        try
        {
            return [.. File.ReadLines(file).Select(line => line.Trim()).Where(line => line.Length > 0)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ToolException(ExitCode.Usage, $"--classes: {file}: cannot be read: {e.Message}", e);
        }
    }
}
