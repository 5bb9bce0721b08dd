using System.CommandLine;
using Maskwright.Cli.Evaluation;
using Maskwright.Cli.Evaluation.Bsds;
using Maskwright.Cli.Options;
using Maskwright.Cli.Reporting;

namespace Maskwright.Cli.Verbs.Evaluate;

/// <summary><c>maskwright evaluate boundaries</c> and <c>regions</c>: the benchmarks of the Berkeley segmentation data set.</summary>
internal static class EvaluateBerkeleyVerbs
{
    public static Command Boundaries(Surroundings surroundings, HelpWriter help) => Create(
        "boundaries",
        "Measures boundaries against those of several people: ODS, OIS and AP of the BSDS benchmark.",
        "Folders with a file for each image: ucm2 or segs (.mat), or the strength of boundaries as an image; several are compared with the first.",
        ["maskwright evaluate boundaries groundTruth/test ucm2", "maskwright evaluate boundaries dev.tsv strengths --images photos --report boundaries.html"],
        surroundings, help, hasDistance: true);

    public static Command Regions(Surroundings surroundings, HelpWriter help) => Create(
        "regions",
        "Measures divisions into regions against those of several people: covering, probabilistic Rand index, variation of information.",
        "Folders with a file for each image: ucm2 or segs (.mat), or a label image; several are compared with the first.",
        ["maskwright evaluate regions groundTruth/test ucm2", "maskwright evaluate regions dev.tsv labels --json regions.json"],
        surroundings, help, hasDistance: false);

    private static Command Create(string name, string description, string predictions, string[] examples, Surroundings surroundings, HelpWriter help, bool hasDistance)
    {
        var (own, evaluation) = (new BerkeleyOptionGroup(hasDistance), new EvaluationOptions());
        var truthPath = EvaluateArguments.Truth("A folder of BSDS's ground truth (.mat), or a table (.tsv) whose labels are regions.");
        var paths = EvaluateArguments.Predictions("PREDICTIONS", predictions);
        var command = new Command(name, description) { truthPath, paths };
        OptionGroup[] groups = [own, evaluation];
        Array.ForEach(groups, group => group.AddTo(command));
        command.SetAction((parsed, cancellationToken) => Task.Run(
            () =>
            {
                var settings = evaluation.Read(parsed);
                var (truth, folders) = (parsed.GetRequiredValue(truthPath), parsed.GetRequiredValue(paths));
                var names = settings.NamesFor(folders);
                var omissions = new Omissions(settings.KeepsGoing, surroundings.Error);
                var files = BerkeleyFiles.Find(truth, folders, own.Thresholds(parsed), !hasDistance, omissions);
                var described = EvaluateArguments.Describe(truth, names, folders);
                var outcome = ProgressBoard.Run(ProgressBoard.ConsoleFor(surroundings, settings.IsQuiet), board =>
                {
                    using var bar = board.Add(name);
                    void Tell(int done) => bar.Report("images", done, files.Images.Count);
                    return hasDistance
                        ? new BoundaryProtocol(files, names, own.MaxDistance(parsed), omissions) { ImageFolder = own.Images(parsed) }.Outcome(described, Tell, cancellationToken)
                        : new RegionProtocol(files, names, omissions) { ImageFolder = own.Images(parsed) }.Outcome(described, Tell, cancellationToken);
                });
                return (int)EvaluationRun.Finish(outcome, settings, omissions, surroundings, cancellationToken);
            },
            CancellationToken.None));
        help.Describe(command, $"maskwright evaluate {name} GROUND_TRUTH PREDICTIONS... [options]", examples, groups);
        return command;
    }
}
