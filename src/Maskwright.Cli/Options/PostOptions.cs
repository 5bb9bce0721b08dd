using System.CommandLine;
using Maskwright.Cli.Post;
using Maskwright.Formats.Datasets;
using Maskwright.PostProcessing;

namespace Maskwright.Cli.Options;

/// <summary>What <c>post</c> does to masks, and where they and their photos are.</summary>
internal sealed class PostOptions : OptionGroup
{
    private const string DefaultFolder = "post";

    public PostOptions()
    {
        Step.CompletionSources.Add([.. PostProcessingStep.Known.Select(step => step.Name)]);
        From.CompletionSources.Add([.. DatasetFormats.Readers.Select(reader => reader.FormatName)]);
        Format.CompletionSources.Add([.. DatasetFormats.Writers.Select(writer => writer.FormatName)]);
        ReadAs.AcceptOnlyFromAmong("auto", "mask", "labels");
    }

    public Option<string[]> Step { get; } = new("--step", "-s")
    {
        Description = "A step, see below: its name, a colon and values, such as open:3 or simplify:1.5,method=visvalingam. Steps follow one another in the order given.",
        HelpName = "step",
    };

    public Option<bool> ListSteps { get; } = new("--list-steps") { Description = "Tell every step with its values, and end; with --json as JSON." };

    public Option<string?> Image { get; } = new("--image") { Description = "The photo that the masks lie on, for steps that look at it.", HelpName = "file" };

    public Option<string?> Images { get; } = new("--images")
    {
        Description = "The folder of the photos: for a data set by their file names, for mask files by the same stem.",
        HelpName = "folder",
    };

    public Option<bool> Recursive { get; } = new("--recursive", "-r") { Description = "Search folders of mask images to the bottom." };

    public Option<string> ReadAs { get; } = new("--as")
    {
        Description = "Whether an image is one mask or a map of labels; auto takes one value beside 0, and lossy formats, for a mask.",
        HelpName = "auto|mask|labels",
        DefaultValueFactory = _ => "auto",
    };

    public Option<string?> From { get; } = new("--from") { Description = "The form of data sets, such as coco-results, where it is not recognised.", HelpName = "format" };

    public Option<string> Output { get; } = new("--output", "-o")
    {
        Description = "The folder for the results; for a single input also the file itself, when it has an extension.",
        HelpName = "path",
        DefaultValueFactory = _ => DefaultFolder,
    };

    public Option<string?> Format { get; } = new("--format", "-f")
    {
        Description = "Write this form of data set, such as coco, instead of each input's own; an unknown name is answered with those that are known.",
        HelpName = "format",
    };

    public Option<bool> Overwrite { get; } = new("--overwrite") { Description = "Replace earlier results. Inputs are never replaced." };

    public Option<bool> KeepGoing { get; } = new("--keep-going") { Description = "Leave out what is damaged in a data set, and tell it, instead of stopping." };

    public Option<bool> Json { get; } = new("--json") { Description = "For machines: one line of JSON for every input on standard output, all else on standard error." };

    public Option<bool> Quiet { get; } = new("--quiet", "-q") { Description = "Say nothing but errors." };

    public override string Title => "Options";

    public override (string Title, IReadOnlyList<(string Name, string Text)> Rows)? Values => ("Steps", StepList.Rows);

    public override IReadOnlyList<Option> Options =>
        [Step, ListSteps, Image, Images, Recursive, ReadAs, From, Output, Format, Overwrite, KeepGoing, Json, Quiet];

    /// <summary>Reads what was given.</summary>
    /// <exception cref="ToolException">A step or format is not known, or options contradict each other.</exception>
    public PostSettings Read(ParseResult parsed, int inputs)
    {
        var steps = StepSyntax.Read(parsed.GetValue(Step) ?? []);
        var photos = new PhotoFinder(parsed.GetValue(Image), parsed.GetValue(Images));
        if (parsed.GetValue(Image) is not null && parsed.GetValue(Images) is not null)
        {
            throw new ToolException(ExitCode.Usage, "--image and --images contradict each other");
        }

        var output = parsed.GetValue(Output) ?? DefaultFolder;
        return new PostSettings(steps, photos, output, inputs == 1 && Path.HasExtension(output) && !Directory.Exists(output))
        {
            Reader = Known(parsed.GetValue(From), DatasetFormats.Reader, DatasetFormats.Readers.Select(reader => reader.FormatName)),
            Writer = Known(parsed.GetValue(Format), DatasetFormats.Writer, DatasetFormats.Writers.Select(writer => writer.FormatName)),
            ReadAs = parsed.GetValue(ReadAs) ?? "auto",
            Overwrite = parsed.GetValue(Overwrite),
            KeepsGoing = parsed.GetValue(KeepGoing),
        };
    }

    private static T? Known<T>(string? name, Func<string, T?> find, IEnumerable<string> names)
        where T : class
    {
        if (name is null)
        {
            return null;
        }

        var near = Spelling.Near(name, names).Take(2).ToList();
        return find(name) ?? throw new ToolException(
            ExitCode.Usage, $"there is no format '{name}'; {(near.Count > 0 ? $"did you mean {string.Join(" or ", near)}?" : $"the formats are {string.Join(", ", names)}")}");
    }
}
