using System.CommandLine;
using Maskwright.Cli.Evaluation.Membranes;

namespace Maskwright.Cli.Options;

/// <summary>What predictions of membranes mean.</summary>
internal sealed class MembraneOptionGroup : OptionGroup
{
    private readonly Option<string> _kind = new("--kind")
    {
        Description = "What a predicted pixel says: labels: its cell's number, 0 for membrane, or one number for all cells; cells: how sure it is a cell, brighter is surer; membranes: how sure it is membrane.",
        HelpName = "labels|cells|membranes",
        DefaultValueFactory = _ => "labels",
    };

    private readonly Option<int> _thresholds = new("--thresholds")
    {
        Description = "Thresholds on how sure it is, evenly from 0 to below 1; scores are those of the best.",
        HelpName = "n",
        DefaultValueFactory = _ => 10,
    };

    private readonly Option<string> _suffix = new("--suffix")
    {
        Description = "What follows an image's name in the names of predictions, such as .probability-1.",
        HelpName = "text",
        DefaultValueFactory = _ => string.Empty,
    };

    private readonly Option<string?> _images = ImageFolderOption.Create();

    public MembraneOptionGroup()
    {
        _kind.AcceptOnlyFromAmong("labels", "cells", "membranes");
        _thresholds.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && (!int.TryParse(result.Tokens[0].Value, out var value) || value is < 1 or > 1000))
            {
                result.AddError("--thresholds must be a whole number from 1 to 1000.");
            }
        });
    }

    public override string Title => "Membranes";

    public override IReadOnlyList<Option> Options => [_kind, _thresholds, _suffix, _images];

    public MembraneKind Kind(ParseResult parsed) => Enum.Parse<MembraneKind>(parsed.GetRequiredValue(_kind), ignoreCase: true);

    public string Suffix(ParseResult parsed) => parsed.GetRequiredValue(_suffix);

    public string? Images(ParseResult parsed) => parsed.GetValue(_images);

    /// <summary>The thresholds; a single one for label maps.</summary>
    public IReadOnlyList<double> Thresholds(ParseResult parsed)
    {
        var count = parsed.GetValue(_thresholds);
        return Kind(parsed) == MembraneKind.Labels ? [0] : [.. Enumerable.Range(0, count).Select(i => (double)i / count)];
    }
}
