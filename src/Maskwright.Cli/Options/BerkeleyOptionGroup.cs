using System.CommandLine;
using Maskwright.Metrics;

namespace Maskwright.Cli.Options;

/// <summary>How the BSDS benchmarks are run.</summary>
internal sealed class BerkeleyOptionGroup : OptionGroup
{
    private readonly bool _hasDistance;

    private readonly Option<int> _thresholds = new("--thresholds")
    {
        Description = "Thresholds, evenly between 0 and 1, for hierarchies and strengths; lists of segmentations have their own.",
        HelpName = "n",
        DefaultValueFactory = _ => 99,
    };

    private readonly Option<double?> _distance = new("--max-dist") { Description = "How far partners may lie apart, as a share of the diagonal. [default: 0.0075]", HelpName = "x", CustomParser = NumberSyntax.Real };

    private readonly Option<string?> _images = ImageFolderOption.Create();

    public BerkeleyOptionGroup(bool hasDistance)
    {
        _hasDistance = hasDistance;
        _thresholds.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && (!int.TryParse(result.Tokens[0].Value, out var value) || value < 1))
            {
                result.AddError("--thresholds must be a whole number, at least 1.");
            }
        });
    }

    public override string Title => "Benchmark";

    public override IReadOnlyList<Option> Options => _hasDistance ? [_thresholds, _distance, _images] : [_thresholds, _images];

    public int Thresholds(ParseResult parsed) => parsed.GetValue(_thresholds);

    public string? Images(ParseResult parsed) => parsed.GetValue(_images);

    /// <exception cref="ToolException">It is negative.</exception>
    public double MaxDistance(ParseResult parsed) => parsed.GetValue(_distance) is not { } given ? BoundaryMatching.CustomaryRatio
        : given >= 0 ? given : throw new ToolException(ExitCode.Usage, "--max-dist must be at least 0");
}
