using System.CommandLine;
using Maskwright.Cli.Evaluation;
using Maskwright.Cli.Evaluation.Prompts;
using Maskwright.Metrics;

namespace Maskwright.Cli.Options;

/// <summary>On which objects models are measured, and what they are asked.</summary>
internal sealed class PromptStudyOptionGroup : OptionGroup
{
    private const string Clicks = "clicks", Box = "box", Everything = "everything", Several = "several";

    private readonly Option<string[]> _data = new("--data", "-d")
    {
        Description = "Images with objects: a table (.tsv: set, kind, image, labels), or a data set of any format that convert reads; may be repeated.",
        HelpName = "path",
        Required = true,
    };

    private readonly Option<string?> _images = new("--images") { Description = "The folder of the images, where the data names files without it. [default: beside the data]", HelpName = "folder" };

    private readonly Option<string[]> _set = new("--set") { Description = "Only these sets; several with commas or by repeating.", HelpName = "name" };

    private readonly Option<int> _limit = Count("--limit", "Images of each set, drawn by the seed; 0 takes all.", 20, 0);

    private readonly Option<int> _objects = Count("--objects", "Objects of each image, drawn by the seed; 0 takes all.", 10, 0);

    private readonly Option<int> _clicks = Count("--clicks", "Clicks after which the robot user gives up.", 20, 1);

    private readonly Option<string> _firstClick = new("--first-click")
    {
        Description = "What the first click asks for: several masks, of which the model's favourite counts, or a single one. [default: as segment does, several of SAM and classic, one of Seedling]",
        HelpName = "several|single",
    };

    private readonly Option<string[]> _measure = new("--measure")
    {
        Description = "What is measured: clicks, box, everything; several with commas. [default: all]",
        HelpName = "what",
    };

    public PromptStudyOptionGroup() => _firstClick.AcceptOnlyFromAmong(Several, "single");

    public override string Title => "Data and prompts";

    public override IReadOnlyList<Option> Options => [_data, _images, _set, _limit, _objects, _measure, _clicks, _firstClick];

    /// <summary>What to ask, and whether everything mode is measured.</summary>
    /// <exception cref="ToolException">A measure is not known.</exception>
    public (PromptStudyOptions Study, bool HasEverything) Read(ParseResult parsed)
    {
        string[] wanted = Words(parsed.GetValue(_measure)) is { Length: > 0 } given ? given : [Clicks, Box, Everything];
        if (Array.Find(wanted, word => word is not (Clicks or Box or Everything)) is { } unknown)
        {
            throw new ToolException(ExitCode.Usage, $"--measure takes {Clicks}, {Box} and {Everything}, not '{unknown}'");
        }

        var study = new PromptStudyOptions
        {
            Clicks = wanted.Contains(Clicks) ? new ClickStudyOptions { MaxClicks = parsed.GetValue(_clicks), IsFirstMultimask = parsed.GetValue(_firstClick) is { } first ? first == Several : null } : null,
            AsksForSeveral = wanted.Contains(Clicks),
            AsksForBoxes = wanted.Contains(Box),
        };
        return (study, wanted.Contains(Everything));
    }

    /// <summary>Draws the sample.</summary>
    /// <exception cref="ToolException">A set is not there, or there is no object.</exception>
    /// <exception cref="IOException">The data cannot be read.</exception>
    public IReadOnlyList<PromptSample> Draw(ParseResult parsed, int seed, Omissions omissions, CancellationToken cancellationToken)
    {
        var images = (parsed.GetValue(_data) ?? []).SelectMany(path => PromptData.Read(path, parsed.GetValue(_images), cancellationToken)).ToList();
        var sets = Words(parsed.GetValue(_set));
        var known = images.Select(image => image.Set).Distinct().ToList();
        if (Array.Find(sets, set => !known.Contains(set)) is { } unknown)
        {
            throw new ToolException(ExitCode.Usage, $"--set {unknown}: the data has no such set; it has {string.Join(", ", known)}");
        }

        var samples = PromptSample.Draw(images.Where(image => sets.Length == 0 || sets.Contains(image.Set)), parsed.GetValue(_limit), parsed.GetValue(_objects), seed, omissions, cancellationToken);
        return samples.Count > 0 ? samples : throw new ToolException(ExitCode.SomeInputsFailed, "the data has no object to ask for");
    }

    /// <summary>What was asked, for the report.</summary>
    public IEnumerable<(string Name, string Value)> Describe(ParseResult parsed)
    {
        yield return ("data", string.Join(", ", parsed.GetValue(_data) ?? []));
        if (Words(parsed.GetValue(_set)) is { Length: > 0 } sets)
        {
            yield return ("sets", string.Join(", ", sets));
        }

        yield return ("images of a set", parsed.GetValue(_limit) is > 0 and var limit ? $"at most {limit}" : "all");
        yield return ("objects of an image", parsed.GetValue(_objects) is > 0 and var objects ? $"at most {objects}" : "all");
        yield return ("robot user", $"at most {parsed.GetValue(_clicks)} clicks, to an IoU of .90; each answer is the hint of the next click; first click asks for {(parsed.GetValue(_firstClick) == "several" ? "several masks, the model's favourite counts" : "a single mask")}");
    }

    private static string[] Words(string[]? values) => [.. (values ?? []).SelectMany(value => value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];

    private static Option<int> Count(string name, string description, int value, int least)
    {
        var option = new Option<int>(name) { Description = description, HelpName = "n", DefaultValueFactory = _ => value };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && (!int.TryParse(result.Tokens[0].Value, out var given) || given < least))
            {
                result.AddError($"{name} must be a whole number, at least {least}.");
            }
        });
        return option;
    }
}
