using System.CommandLine;
using System.Diagnostics;
using Maskwright.Cli.Datasets;
using Maskwright.Cli.Options;
using Maskwright.Cli.Reporting;
using Maskwright.Datasets;
using Maskwright.Formats.Datasets;

namespace Maskwright.Cli.Verbs.Convert;

/// <summary><c>maskwright convert</c>: data sets from one format into another, image by image, with a report of what was lost.</summary>
internal sealed class ConvertVerb
{
    private static readonly string[] s_examples =
    [
        "maskwright convert instances.json --to yolo --output yolo --images photos",
        "maskwright convert labelme-folder --to coco --output instances.json",
        "maskwright convert train.json val.json --to coco --output all.json --renumber",
        "maskwright convert panoptic.json --to coco --output instances.json --categories cat,dog",
        "maskwright convert results.json --ground-truth instances.json --to labelme --output found",
        "maskwright convert damaged.json --to coco --output sound.json --keep-going --json | jq .skipped",
    ];

    private readonly Surroundings _surroundings;
    private readonly DatasetOptions _input = new();
    private readonly DatasetOutputOptions _output = new();
    private readonly Option<bool> _json = new("--json") { Description = "For machines: one JSON document on standard output, all else on standard error." };
    private readonly Option<bool> _quiet = new("--quiet", "-q") { Description = "Say nothing but errors." };

    private ConvertVerb(Surroundings surroundings) => _surroundings = surroundings;

    public static Command Create(Surroundings surroundings, HelpWriter help)
    {
        var verb = new ConvertVerb(surroundings);
        var command = new Command("convert", "Converts data sets from one format into another.\nTells what the new format could not hold, and how far the worst mask is from its source.");
        verb._input.AddTo(command);
        verb._output.AddTo(command);
        command.Add(verb._json);
        command.Add(verb._quiet);
        command.SetAction((parsed, cancellationToken) => Task.Run(() => (int)verb.Run(parsed, cancellationToken), CancellationToken.None));
        help.Describe(command, "maskwright convert INPUT... --to FORMAT --output PATH [options]", s_examples, verb._input, verb._output);
        return command;
    }

    private ExitCode Run(ParseResult parsed, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var skipped = new SkippedList();
        var writer = DatasetOpening.WriterFor(parsed.GetRequiredValue(_output.To));
        var output = parsed.GetRequiredValue(_output.Output);
        var options = _output.Read(parsed, parsed.GetValue(_input.Images));
        Refuse(output, options.Overwrite);
        var report = ProgressBoard.Run(
            ProgressBoard.ConsoleFor(_surroundings, parsed.GetValue(_quiet) || parsed.GetValue(_json)),
            board =>
            {
                using var bar = board.Add(Path.GetFileName(output));
                bar.Report("reading", 0, 1);
                var source = new ConvertSource(parsed, _input, skipped, cancellationToken);
                return (source.Formats, Loss: Write(writer, Counted(source.Dataset, bar), output, options, cancellationToken));
            });
        var result = new ConvertResult(report.Formats, writer.FormatName, output, report.Loss, skipped, clock.Elapsed);
        var speaker = new Speaker(_surroundings);
        if (parsed.GetValue(_json))
        {
            result.SayJson(speaker);
        }
        else
        {
            result.Say(speaker, parsed.GetValue(_quiet));
        }

        return skipped.FaultCount > 0 ? ExitCode.SomeInputsFailed : ExitCode.Ok;
    }

    private static void Refuse(string output, bool overwrite)
    {
        if (!overwrite && (File.Exists(output) || Directory.Exists(output)))
        {
            throw new ToolException(ExitCode.SomeInputsFailed, $"{output}: exists already; --overwrite replaces it");
        }
    }

    private static LossReport Write(IDatasetWriter writer, AnnotatedDataset dataset, string output, DatasetWriteOptions options, CancellationToken cancellationToken)
    {
        try
        {
            return writer.Write(dataset, output, options, cancellationToken);
        }
        catch (ArgumentException e)
        {
            throw new ToolException(ExitCode.SomeInputsFailed, $"{output}: cannot be written as {writer.FormatName}: {Failure.MessageOf(e)}", e);
        }
    }

    private static AnnotatedDataset Counted(AnnotatedDataset dataset, ProgressBoard.Bar bar)
    {
        var done = 0;
        return dataset.Select(image =>
        {
            bar.Report("converting", ++done, dataset.ImageCount ?? done + 1);
            return image;
        }) with { ImageCount = dataset.ImageCount };
    }
}
