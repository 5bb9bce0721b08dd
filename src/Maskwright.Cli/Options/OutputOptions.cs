using System.CommandLine;
using Maskwright.Formats;

namespace Maskwright.Cli.Options;

/// <summary>What to write, and where.</summary>
internal sealed class OutputOptions : OptionGroup
{
    private const string DefaultFolder = "masks";

    private readonly IReadOnlyList<IMaskWriter> _writers;
    private readonly string _defaultFormats;
    private readonly string _overlay;
    private readonly bool _isForAmg;

    public OutputOptions()
        : this(MaskWriters.All, "amg", "overlay") => _isForAmg = true;

    /// <param name="writers">The formats there are.</param>
    /// <param name="defaultFormats">Those that are written when none is named, with commas.</param>
    /// <param name="overlay">The one that shows the masks on the image.</param>
    public OutputOptions(IReadOnlyList<IMaskWriter> writers, string defaultFormats, string overlay)
    {
        (_writers, _defaultFormats, _overlay) = (writers, defaultFormats, overlay);
        Format = new("--format", "-f")
        {
            Description = $"What to write, see below. Several with commas, or by repeating. [default: {defaultFormats}]",
            HelpName = "formats",
        };
        Format.CompletionSources.Add([.. writers.Select(writer => writer.FormatName)]);
    }

    public Option<string> Output { get; } = new("--output", "-o")
    {
        Description = "The folder for the results; made when it is missing.",
        HelpName = "folder",
        DefaultValueFactory = _ => DefaultFolder,
    };

    public Option<string[]> Format { get; }

    public Option<bool> ConvertToRle { get; } = new("--convert-to-rle")
    {
        Description = "Write amg.py's one JSON file of run-length masks instead of its folder of PNG files (--format amg-json).",
    };

    public Option<bool> NoOverlay { get; } = new("--no-overlay")
    {
        Description = "Do not write NAME.overlay.png, the picture that shows the masks on the image.",
    };

    public Option<bool> Overwrite { get; } = new("--overwrite")
    {
        Description = "Replace earlier results. Without it they are kept, and the image counts as failed.",
    };

    public Option<bool> SkipExisting { get; } = new("--skip-existing")
    {
        Description = "Leave out images that have results already: goes on where an earlier run stopped.",
    };

    public Option<bool> Show { get; } = new("--show") { Description = "Draw the overlay in the terminal." };

    public override string Title => "Output";

    public override (string Title, IReadOnlyList<(string Name, string Text)> Rows)? Values =>
        ("Formats (STEM is the image's name)", [.. _writers.Select(writer => (writer.FormatName, writer.Description))]);

    public override IReadOnlyList<Option> Options => [Output, Format, .. _isForAmg ? [ConvertToRle] : Array.Empty<Option>(), NoOverlay, Overwrite, SkipExisting, Show];

    /// <summary>Reads what was given.</summary>
    /// <exception cref="ToolException">A format is not known, or options contradict each other.</exception>
    public OutputSettings Read(ParseResult parsed, GeneralOptions general)
    {
        Refuse(parsed.GetValue(Overwrite) && parsed.GetValue(SkipExisting), "--overwrite and --skip-existing contradict each other");
        Refuse(parsed.GetValue(Show) && parsed.GetValue(general.Json), "--show draws a picture where --json writes JSON: choose one");
        return new OutputSettings(
            parsed.GetValue(Output) ?? DefaultFolder,
            Writers(parsed),
            parsed.GetValue(Overwrite),
            parsed.GetValue(SkipExisting),
            parsed.GetValue(Show));
    }

    private List<IMaskWriter> Writers(ParseResult parsed)
    {
        var names = (parsed.GetValue(Format) ?? [])
            .SelectMany(list => list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).ToList();
        if (_isForAmg && parsed.GetValue(ConvertToRle))
        {
            names.Add("amg-json");
        }

        if (names.Count == 0)
        {
            names.AddRange(_defaultFormats.Split(','));
        }

        if (!parsed.GetValue(NoOverlay))
        {
            names.Add(_overlay);
        }

        return [.. names.Select(Get).Distinct()];
    }

    private IMaskWriter Get(string name) => _writers.FirstOrDefault(writer => writer.FormatName.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw new ToolException(ExitCode.Usage, $"There is no mask format '{name}'. Formats: {string.Join(", ", _writers.Select(writer => writer.FormatName))}.");

    private static void Refuse(bool isContradiction, string message)
    {
        if (isContradiction)
        {
            throw new ToolException(ExitCode.Usage, message);
        }
    }
}
