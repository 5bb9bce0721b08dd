using System.CommandLine;
using System.Text.Json;
using Maskwright.Cli.Datasets;
using Maskwright.Cli.Reporting;
using Maskwright.Datasets;
using Maskwright.Datasets.Checking;
using Maskwright.Formats;
using Maskwright.Formats.Datasets;
using Maskwright.Formats.Images;
using Maskwright.Images;

namespace Maskwright.Cli.Verbs.Data;

/// <summary><c>maskwright data check</c>: finds what is wrong with a data set, and shows it.</summary>
internal sealed class DataCheckVerb
{
    private static readonly string[] Examples =
    [
        "maskwright data check annotations.json --images photos",
        "maskwright data check train=train.json val=val.json --images photos      also looks for images that stand in both",
        "maskwright data check my-yolo-folder --output looked-at                  writes looked-at/contact-sheet.png, findings.json",
        "maskwright data check labels --format labelme --without-images           entries and outlines only, fast",
        "maskwright data check annotations.json --json | jq '.findings[] | select(.severity == \"error\")'",
    ];

    private readonly Surroundings _surroundings;
    private readonly Argument<string[]> _inputs = new("DATASET") { Description = "A file or folder of annotations in any format that convert reads; NAME=PATH names a part of the data, such as train.", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string[]> _images = new("--images") { Description = "Folder of the images; NAME=FOLDER for one part. Default: where the format keeps them.", HelpName = "FOLDER", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string?> _format = new("--format") { Description = "Format of the annotations. Default: found out by looking.", HelpName = "NAME" };
    private readonly Option<bool> _withoutImages = new("--without-images") { Description = "Leave the pictures out: no sizes, no copies, no edges are checked." };
    private readonly Option<bool> _withoutEdges = new("--without-edges") { Description = "Do not compare masks with the edges of their images." };
    private readonly Option<int> _lookAlike = new("--look-alike") { Description = "In how many of 128 fingerprint bits two images may differ to count as copies (0-15, default 10).", HelpName = "BITS", DefaultValueFactory = _ => new DatasetCheckOptions().LookAlikeBits };
    private readonly Option<int> _show = new("--show") { Description = "How many findings of each kind are listed (default 5).", HelpName = "N", DefaultValueFactory = _ => 5 };
    private readonly Option<string> _output = new("--output", "-o") { Description = "Folder for contact-sheet.png and findings.json (default data-check).", HelpName = "FOLDER", DefaultValueFactory = _ => "data-check" };
    private readonly Option<bool> _json = new("--json") { Description = "Write the findings as one JSON document to standard output instead of tables." };
    private readonly Option<bool> _quiet = new("--quiet", "-q") { Description = "No progress bar." };

    private DataCheckVerb(Surroundings surroundings) => _surroundings = surroundings;

    public static Command Create(Surroundings surroundings, HelpWriter help)
    {
        var verb = new DataCheckVerb(surroundings);
        var command = new Command("check", "Finds what is wrong with a data set: unreadable images, sizes that disagree, crossing outlines, masks outside\ntheir images, duplicates, empty masks, classes without members, copies between parts, masks beside the edges.\nExit code 1 when something is certainly wrong; suspicions and notes alone give 0.")
        {
            verb._inputs, verb._images, verb._format, verb._withoutImages, verb._withoutEdges, verb._lookAlike, verb._show, verb._output, verb._json, verb._quiet,
        };
        command.SetAction((parsed, cancellationToken) => Task.Run(() => verb.Run(parsed, cancellationToken), CancellationToken.None));
        help.Describe(command, "maskwright data check DATASET... [options]", Examples);
        return command;
    }

    private int Run(ParseResult parsed, CancellationToken cancellationToken)
    {
        var parts = DataPart.ParseAll(parsed.GetRequiredValue(_inputs));
        var options = OptionsOf(parsed);
        var pictures = new KnownPictures();
        var sheet = new CheckSheet(pictures);
        var check = new DatasetCheck(options) { Found = sheet.Take, Looked = sheet.Sample };
        var folders = ImageFolders(parsed.GetValue(_images) ?? [], parts);
        ProgressBoard.Run(
            ProgressBoard.ConsoleFor(_surroundings, parsed.GetValue(_quiet) || parsed.GetValue(_json)),
            board =>
            {
                foreach (var part in parts)
                {
                    Look(check, pictures, part, parsed, folders.GetValueOrDefault(part.Name), board, cancellationToken);
                }

                return 0;
            });
        check.Conclude();
        Report(parsed, check, sheet);
        return (int)(check.Findings.Any(finding => finding.Severity == FindingSeverity.Error) ? ExitCode.SomeInputsFailed : ExitCode.Ok);
    }

    private DatasetCheckOptions OptionsOf(ParseResult parsed)
    {
        var options = new DatasetCheckOptions { LookAlikeBits = parsed.GetValue(_lookAlike), ChecksEdges = !parsed.GetValue(_withoutEdges) };
        return options.LookAlikeBits is < 0 or > LookAlikes.MaxDistance
            ? throw new ToolException(ExitCode.Usage, $"--look-alike is {options.LookAlikeBits}, not 0 to {LookAlikes.MaxDistance}")
            : options;
    }

    private static Dictionary<string, string> ImageFolders(string[] typed, IReadOnlyList<DataPart> parts)
    {
        var folders = new Dictionary<string, string>();
        foreach (var (name, path) in typed.Select(DataPart.Parse))
        {
            if (!Directory.Exists(path))
            {
                throw new ToolException(ExitCode.Usage, $"--images: there is no folder '{path}'");
            }

            if (name.Length > 0 && parts.All(part => part.Name != name))
            {
                throw new ToolException(ExitCode.Usage, $"--images {name}={path}: no part is called '{name}'; there is {string.Join(", ", parts.Select(part => part.Name))}");
            }

            foreach (var part in parts.Where(part => name.Length == 0 || part.Name == name))
            {
                folders[part.Name] = path;
            }
        }

        return folders;
    }

    private void Look(DatasetCheck check, KnownPictures pictures, DataPart part, ParseResult parsed, string? imageFolder, ProgressBoard board, CancellationToken cancellationToken)
    {
        var reading = new DatasetReadOptions
        {
            ImageFolder = imageFolder,
            KeepsGoing = true,
            Skipped = item =>
            {
                if (item.IsFault)
                {
                    check.Note(new DatasetFinding(FindingKind.MalformedEntry, FindingSeverity.Error, item.ToString()) { Part = part.Name });
                }
            },
        };
        var dataset = DatasetOpening.ReaderFor(part.Path, parsed.GetValue(_format)).Open(part.Path, reading, cancellationToken);
        var folder = imageFolder ?? dataset.ImageFolder ?? (Directory.Exists(part.Path) ? part.Path : Path.GetDirectoryName(Path.GetFullPath(part.Path)))!; // a file's full path has a folder
        using var bar = board.Add(part.Name.Length > 0 ? part.Name : Path.GetFileName(part.Path));
        var done = 0;
        var counted = dataset.Select(image =>
        {
            bar.Report("images", done++, dataset.ImageCount ?? done + 1);
            return image;
        });
        Func<AnnotatedImage, RgbImage> open = image => pictures.Read(image.Split ?? part.Name, image.FileName, folder, cancellationToken);
        check.Look(counted, part.Name, parsed.GetValue(_withoutImages) ? null : open, cancellationToken);
    }

    private void Report(ParseResult parsed, DatasetCheck check, CheckSheet sheet)
    {
        var folder = parsed.GetRequiredValue(_output);
        Directory.CreateDirectory(folder);
        var report = CheckReport.Of(check);
        AtomicFile.Write(Path.Combine(folder, "findings.json"), stream => JsonSerializer.Serialize(stream, report, JsonReporter.Format));
        var sheetPath = Path.Combine(folder, "contact-sheet.png");
        if (!sheet.IsEmpty)
        {
            ImageWriter.WritePng(sheet.Render(CheckReport.Title(check)), sheetPath);
        }

        if (parsed.GetValue(_json))
        {
            _surroundings.Out.WriteLine(JsonSerializer.Serialize(report, JsonReporter.Format));
            return;
        }

        CheckReport.Write(check, parsed.GetValue(_show), _surroundings.Out);
        _surroundings.Out.WriteLine();
        _surroundings.Out.WriteLine(sheet.IsEmpty ? $"All findings: {Path.Combine(folder, "findings.json")}" : $"All findings: {Path.Combine(folder, "findings.json")}, pictures: {sheetPath}");
    }
}
