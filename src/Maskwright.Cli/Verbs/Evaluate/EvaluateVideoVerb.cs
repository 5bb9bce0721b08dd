using System.CommandLine;
using Maskwright.Cli.Evaluation;
using Maskwright.Cli.Evaluation.Files;
using Maskwright.Cli.Evaluation.Video;
using Maskwright.Cli.Options;

namespace Maskwright.Cli.Verbs.Evaluate;

/// <summary><c>maskwright evaluate video</c>: J and F.</summary>
internal static class EvaluateVideoVerb
{
    private static readonly string[] Examples =
    [
        "maskwright evaluate video Annotations/480p results",
        "maskwright evaluate video truth a b --all-frames --images JPEGImages/480p --report video.html",
    ];

    public static Command Create(Surroundings surroundings, HelpWriter help)
    {
        var (own, evaluation) = (new VideoOptionGroup(), new EvaluationOptions());
        var truthPath = EvaluateArguments.Truth("A folder with a folder of label images for each sequence; frames in the order of their names.");
        var paths = EvaluateArguments.Predictions("PREDICTIONS", "Folders of the same structure; several are compared with the first.");
        var command = new Command("video", "Measures objects in videos as DAVIS does: J and F, their means, recall and decay.") { truthPath, paths };
        OptionGroup[] groups = [own, evaluation];
        Array.ForEach(groups, group => group.AddTo(command));
        command.SetAction((parsed, cancellationToken) => Task.Run(
            () =>
            {
                var settings = evaluation.Read(parsed);
                var (truth, predictions) = (parsed.GetRequiredValue(truthPath), parsed.GetRequiredValue(paths));
                var names = settings.NamesFor(predictions);
                var omissions = new Omissions(settings.KeepsGoing, surroundings.Error);
                var files = FilePairing.Pair(truth, predictions, (FilePairing.Images, FilePairing.Images), omissions);
                var sequences = files.GroupBy(file => file.Name.Contains('/', StringComparison.Ordinal) ? file.Name[..file.Name.LastIndexOf('/')] : Path.GetFileName(Path.GetFullPath(truth)))
                    .Select(group => (group.Key, (IReadOnlyList<PairedFile>)[.. group])).ToList();
                var outcome = new VideoProtocol(sequences, names, own.WithEnds(parsed), omissions) { ImageFolder = own.Images(parsed) }
                    .Outcome(EvaluateArguments.Describe(truth, names, predictions), cancellationToken);
                return (int)EvaluationRun.Finish(outcome, settings, omissions, surroundings, cancellationToken);
            },
            CancellationToken.None));
        help.Describe(command, "maskwright evaluate video GROUND_TRUTH PREDICTIONS... [options]", Examples, groups);
        return command;
    }
}
