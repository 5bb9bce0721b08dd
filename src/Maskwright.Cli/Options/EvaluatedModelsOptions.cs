using System.CommandLine;
using Maskwright.Cli.Models;
using Maskwright.Networks.Catalog;

namespace Maskwright.Cli.Options;

/// <summary>Which models are measured.</summary>
internal sealed class EvaluatedModelsOptions : OptionGroup
{
    private readonly Option<string[]> _model = new("--model", "-m")
    {
        Description = $"A model, named as for segment; several are compared with the first. [default: {ModelCatalog.DefaultName}]",
        HelpName = "name|path",
    };

    private readonly Option<string> _device = new("--device")
    {
        Description = "Where networks run: cpu, cuda or cuda:n.",
        HelpName = "device",
        DefaultValueFactory = _ => "cpu",
    };

    private readonly PrecisionOption _precision = new();

    private readonly Option<string?> _cacheFolder = new("--cache-folder")
    {
        Description = "Keep what networks know about the images there, for the next evaluation; times to look at an image then mean nothing.",
        HelpName = "folder",
    };

    private readonly Option<bool> _noClickGuard = new("--no-click-guard") { Description = "Let seedling answer every click as it comes: also one that spoils the mask, or lies on its wrong side." };

    private readonly Option<bool> _noCloserLook = new("--no-closer-look") { Description = "Let seedling answer from one look at the whole image, also where an object is small in a large image." };

    public EvaluatedModelsOptions() => _model.CompletionSources.Add([.. ModelCatalog.Entries.Select(entry => entry.ShortName)]);

    public override string Title => "Models";

    public override IReadOnlyList<Option> Options => [_model, _device, _precision, _cacheFolder, _noClickGuard, _noCloserLook];

    public IReadOnlyList<ModelRequest> Read(ParseResult parsed)
    {
        var names = parsed.GetValue(_model) is { Length: > 0 } given ? given : [ModelCatalog.DefaultName];
        return [.. names.Select(name => new ModelRequest(name, parsed.GetRequiredValue(_device))
        {
            Precision = _precision.Read(parsed),
            CacheFolder = parsed.GetValue(_cacheFolder),
            GuardsClicks = !parsed.GetValue(_noClickGuard),
            LooksCloser = !parsed.GetValue(_noCloserLook),
        })];
    }
}
