using System.CommandLine;
using Maskwright.Formats.Datasets;

namespace Maskwright.Cli.Options;

/// <summary>Which data sets to read, and how.</summary>
internal sealed class DatasetOptions : OptionGroup
{
    public DatasetOptions()
    {
        From.CompletionSources.Add([.. DatasetFormats.Readers.Select(reader => reader.FormatName)]);
    }

    public Argument<string[]> Inputs { get; } = new("INPUT")
    {
        Description = "Annotation files or folders; several become one data set, their categories joined by name.",
        Arity = ArgumentArity.OneOrMore,
    };

    public Option<string?> From { get; } = new("--from")
    {
        Description = "The format of the inputs, see below. Without it each is told by its content.",
        HelpName = "format",
    };

    public Option<string?> Images { get; } = new("--images")
    {
        Description = "The folder of the pictures, where the format needs them or does not say where they are.",
        HelpName = "folder",
    };

    public Option<string?> Masks { get; } = new("--masks")
    {
        Description = "The folder of the PNG files of a COCO panoptic file. Without it, the one beside the file with its name.",
        HelpName = "folder",
    };

    public Option<string?> GroundTruth { get; } = new("--ground-truth")
    {
        Description = "The COCO file that results are for: gives them their images and the names of their categories.",
        HelpName = "file",
    };

    public Option<string[]> Categories { get; } = new("--categories")
    {
        Description = "Only objects of these categories; names with commas, or by repeating.",
        HelpName = "names",
    };

    public Option<string?> Split { get; } = new("--split")
    {
        Description = "Only images of this part, such as train, where the format has parts.",
        HelpName = "name",
    };

    public Option<bool> CheckImages { get; } = new("--check-images")
    {
        Description = "Look for every picture, and compare its size with what the data set says.",
    };

    public Option<bool> Renumber { get; } = new("--renumber")
    {
        Description = "Give images and objects new ids, from 1: for inputs that share ids.",
    };

    public Option<bool> KeepGoing { get; } = new("--keep-going", "-k")
    {
        Description = "Leave out what is wrong, list it, and exit with 1. Without it the first fault ends the work.",
    };

    public override string Title => "Input";

    public override IReadOnlyList<Option> Options => [From, Images, Masks, GroundTruth, Categories, Split, CheckImages, Renumber, KeepGoing];

    public override (string Title, IReadOnlyList<(string Name, string Text)> Rows)? Values =>
        ("Formats that are read", [.. DatasetFormats.Readers.Select(reader => (reader.FormatName, reader.Description))]);

    public override void AddTo(Command command)
    {
        command.Add(Inputs);
        base.AddTo(command);
    }
}
