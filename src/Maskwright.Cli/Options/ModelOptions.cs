using System.CommandLine;
using Maskwright.Cli.Models;
using Maskwright.Networks.Catalog;

namespace Maskwright.Cli.Options;

/// <summary>Which model, where it runs, and whether it remembers.</summary>
internal sealed class ModelOptions : OptionGroup
{
    public ModelOptions()
    {
        _model.CompletionSources.Add([.. ModelCatalog.Entries.Select(entry => entry.ShortName)]);
        _modelType.AcceptOnlyFromAmong("default", "vit_h", "vit_l", "vit_b", "vit_t");
        _engine.AcceptOnlyFromAmong("onnx", "torch");
    }

    private readonly Option<string?> _model = new("--model", "-m")
    {
        Description = $"A model of the catalog (maskwright models list), of the hub (owner/name), a file, or a folder. seedling and classic are built in. [default: {ModelCatalog.DefaultName}]",
        HelpName = "name|path",
    };

    private readonly Option<string?> _modelType = new("--model-type")
    {
        Description = "amg.py's name for a SAM encoder: default (= vit_h), vit_h, vit_l, vit_b, vit_t. With --checkpoint it says what the file must hold.",
        HelpName = "type",
    };

    private readonly Option<string?> _checkpoint = new("--checkpoint")
    {
        Description = "amg.py's name for a weights file; the same as --model with a path.",
        HelpName = "file",
    };

    private readonly Option<string> _device = new("--device")
    {
        Description = "Where networks run: cpu, cuda or cuda:n. A device that is not there is an error, never a silent fallback.",
        HelpName = "device",
        DefaultValueFactory = _ => "cpu",
    };

    private readonly Option<string> _engine = new("--engine")
    {
        Description = "What runs networks: onnx (ONNX Runtime, with kernels of this house) or torch (libtorch: slower here, for comparison). ONNX files only run on onnx.",
        HelpName = "engine",
        DefaultValueFactory = _ => "onnx",
    };

    private readonly PrecisionOption _precision = new();

    private readonly Option<bool> _noCache = new("--no-cache") { Description = "Do not keep what the model knows about an image for the next run." };

    private readonly Option<string?> _cacheFolder = new("--cache-folder")
    {
        Description = "Where that is kept. [default: $XDG_CACHE_HOME/maskwright/embeddings]",
        HelpName = "folder",
    };

    public override string Title => "Model";

    public override IReadOnlyList<Option> Options => [_model, _modelType, _checkpoint, _device, _engine, _precision, _noCache, _cacheFolder];

    /// <summary>Reads what was given.</summary>
    /// <exception cref="ToolException">The options contradict each other.</exception>
    public ModelRequest Read(ParseResult parsed, Surroundings surroundings)
    {
        var model = parsed.GetValue(_model);
        var checkpoint = parsed.GetValue(_checkpoint);
        var type = parsed.GetValue(_modelType);
        if (model is not null && (checkpoint ?? type) is not null)
        {
            throw new ToolException(ExitCode.Usage, "--model and amg.py's --model-type and --checkpoint name the model twice: give one or the other");
        }

        var family = type is "default" ? "vit_h" : type;
        return new ModelRequest(model ?? checkpoint ?? family ?? ModelCatalog.DefaultName, parsed.GetRequiredValue(_device))
        {
            Engine = parsed.GetResult(_engine) is { Implicit: false } ? (parsed.GetRequiredValue(_engine) == "torch" ? ModelEngine.Torch : ModelEngine.Onnx) : null,
            Precision = _precision.Read(parsed),
            RequiredType = checkpoint is null ? null : family,
            CacheFolder = parsed.GetValue(_noCache) ? null : parsed.GetValue(_cacheFolder) ?? surroundings.DefaultEmbeddingFolder,
        };
    }
}
