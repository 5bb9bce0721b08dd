using System.CommandLine;
using System.CommandLine.Parsing;
using Maskwright.Cli.Evaluation;
using Maskwright.Metrics;

namespace Maskwright.Cli.Options;

/// <summary>How an evaluation is resampled and reported.</summary>
internal sealed class EvaluationOptions : OptionGroup
{
    private const int DefaultResamples = 1000, DefaultWorstCases = 12;

    private readonly Option<string?> _json = new("--json") { Description = "Write all scores with all digits, and every item's, as JSON.", HelpName = "file" };

    private readonly Option<string?> _report = new("--report") { Description = "Write a page with tables, plots, worst cases as pictures, and settings: one HTML file without scripts.", HelpName = "file" };

    private readonly Option<string?> _groups = new("--groups")
    {
        Description = "A table (.tsv) of attributes: its first column names an image, file or sequence, the others are attributes, and scores are told for each of their values.",
        HelpName = "file",
    };

    private readonly Option<int> _resamples = new("--resamples")
    {
        Description = "Draws for confidence intervals and comparisons; 0 leaves both out.",
        HelpName = "n",
        DefaultValueFactory = _ => DefaultResamples,
    };

    private readonly Option<double?> _confidence = new("--confidence") { Description = "The share of draws that an interval holds. [default: 0.95]", HelpName = "x", CustomParser = NumberSyntax.Real };

    private readonly Option<int> _seed = new("--seed") { Description = "Seeds all drawing at random.", HelpName = "n", DefaultValueFactory = _ => 1 };

    private readonly Option<int> _worst = new("--worst") { Description = "Worst cases of each model on the page.", HelpName = "n", DefaultValueFactory = _ => DefaultWorstCases };

    private readonly Option<string[]> _name = new("--name")
    {
        Description = "What the report calls a prediction or model; once for each, in their order. [default: from the path]",
        HelpName = "text",
    };

    private readonly Option<bool> _keepGoing = new("--keep-going") { Description = "Leave out what cannot be read or does not fit, list it, and end with code 1; without it the first fault ends the run." };

    private readonly Option<bool> _quiet = new("--quiet", "-q") { Description = "No tables on standard output." };

    public EvaluationOptions()
    {
        _resamples.Validators.Add(result => AtLeast(result, 0));
        _worst.Validators.Add(result => AtLeast(result, 0));
    }

    public override string Title => "Confidence and reports";

    public override IReadOnlyList<Option> Options => [_json, _report, _groups, _resamples, _confidence, _seed, _worst, _name, _keepGoing, _quiet];

    /// <summary>Reads what was given, and finds out now whether the reports can be written.</summary>
    /// <exception cref="ToolException">A value is out of range, or a folder for a report is not there.</exception>
    public EvaluationSettings Read(ParseResult parsed)
    {
        var confidence = parsed.GetValue(_confidence) ?? 0.95;
        if (confidence is <= 0 or >= 1)
        {
            throw new ToolException(ExitCode.Usage, "--confidence must lie between 0 and 1");
        }

        var resamples = parsed.GetValue(_resamples);
        var seed = parsed.GetValue(_seed);
        return new EvaluationSettings
        {
            JsonPath = Writable(parsed.GetValue(_json), "--json"),
            ReportPath = Writable(parsed.GetValue(_report), "--report"),
            GroupsPath = parsed.GetValue(_groups),
            Bootstrap = resamples == 0 ? null : new BootstrapOptions { Resamples = resamples, Confidence = confidence, Seed = seed },
            Seed = seed,
            WorstCases = parsed.GetValue(_worst),
            Names = parsed.GetValue(_name) ?? [],
            KeepsGoing = parsed.GetValue(_keepGoing),
            IsQuiet = parsed.GetValue(_quiet),
        };
    }

    private static void AtLeast(OptionResult result, int least)
    {
        if (result.Tokens.Count > 0 && (!int.TryParse(result.Tokens[0].Value, out var value) || value < least))
        {
            result.AddError($"{result.Option.Name} must be a whole number, at least {least}.");
        }
    }

    private static string? Writable(string? path, string option)
    {
        if (path is not null && (Directory.Exists(path) || !Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(path)))))
        {
            throw new ToolException(ExitCode.Output, $"{option} {path}: {(Directory.Exists(path) ? "is a folder, a file is wanted" : "its folder does not exist")}");
        }

        return path;
    }
}
