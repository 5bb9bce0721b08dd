using System.CommandLine;
using Maskwright.Cli.Evaluation;
using Maskwright.Cli.Evaluation.Files;
using Maskwright.Cli.Evaluation.Membranes;
using Maskwright.Cli.Options;
using Maskwright.Cli.Reporting;

namespace Maskwright.Cli.Verbs.Evaluate;

/// <summary><c>maskwright evaluate membranes</c>: the scores of the ISBI 2012 challenge.</summary>
internal static class EvaluateMembranesVerb
{
    private static readonly string[] Examples =
    [
        "maskwright evaluate membranes labels predicted",
        "maskwright evaluate membranes labels found --kind cells --suffix .probability-1-cell --report membranes.html --images slices",
    ];

    public static Command Create(Surroundings surroundings, HelpWriter help)
    {
        var (own, evaluation) = (new MembraneOptionGroup(), new EvaluationOptions());
        var truthPath = EvaluateArguments.Truth("A folder of label images, or one: each cell's number, 0 for membrane; or a mask of all cells.");
        var paths = EvaluateArguments.Predictions("PREDICTIONS", "Folders with images of the same names; several are compared with the first.");
        var command = new Command("membranes", "Measures divisions into cells by membranes: foreground-restricted Rand and information scores of the ISBI 2012 challenge.") { truthPath, paths };
        OptionGroup[] groups = [own, evaluation];
        Array.ForEach(groups, group => group.AddTo(command));
        command.SetAction((parsed, cancellationToken) => Task.Run(
            () =>
            {
                var settings = evaluation.Read(parsed);
                var (truth, predictions) = (parsed.GetRequiredValue(truthPath), parsed.GetRequiredValue(paths));
                var names = settings.NamesFor(predictions);
                var omissions = new Omissions(settings.KeepsGoing, surroundings.Error);
                var files = FilePairing.Pair(truth, predictions, (FilePairing.Images, FilePairing.Images), omissions, own.Suffix(parsed));
                var protocol = new MembraneProtocol(files, names, own.Kind(parsed), own.Thresholds(parsed), omissions) { ImageFolder = own.Images(parsed) };
                var described = EvaluateArguments.Describe(truth, names, predictions);
                var outcome = ProgressBoard.Run(ProgressBoard.ConsoleFor(surroundings, settings.IsQuiet), board =>
                {
                    using var bar = board.Add("membranes");
                    return protocol.Outcome(described, done => bar.Report("images", done, files.Count), cancellationToken);
                });
                return (int)EvaluationRun.Finish(outcome, settings, omissions, surroundings, cancellationToken);
            },
            CancellationToken.None));
        help.Describe(command, "maskwright evaluate membranes GROUND_TRUTH PREDICTIONS... [options]", Examples, groups);
        return command;
    }
}
