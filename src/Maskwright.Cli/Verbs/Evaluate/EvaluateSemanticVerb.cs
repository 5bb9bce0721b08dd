using System.CommandLine;
using Maskwright.Cli.Evaluation;
using Maskwright.Cli.Evaluation.Files;
using Maskwright.Cli.Evaluation.Semantic;
using Maskwright.Cli.Options;

namespace Maskwright.Cli.Verbs.Evaluate;

/// <summary><c>maskwright evaluate semantic</c>: IoU of classes.</summary>
internal static class EvaluateSemanticVerb
{
    private static readonly string[] s_endings = [.. FilePairing.Images, .. FilePairing.Arrays];

    private static readonly string[] Examples =
    [
        "maskwright evaluate semantic labels predicted",
        "maskwright evaluate semantic labels before after --classes camvid.txt --void 11 --report miou.html --images photos",
    ];

    public static Command Create(Surroundings surroundings, HelpWriter help)
    {
        var (own, evaluation) = (new SemanticOptionGroup(), new EvaluationOptions());
        var truthPath = EvaluateArguments.Truth("A folder of label images, or one: a number a pixel, or a palette's index. Also .npy.");
        var paths = EvaluateArguments.Predictions("PREDICTIONS", "Folders with files of the same names; several are compared with the first.");
        var command = new Command("semantic", "Measures label images: IoU of each class, mIoU, frequency-weighted IoU, accuracies, Dice.") { truthPath, paths };
        OptionGroup[] groups = [own, evaluation];
        Array.ForEach(groups, group => group.AddTo(command));
        command.SetAction((parsed, cancellationToken) => Task.Run(
            () =>
            {
                var settings = evaluation.Read(parsed);
                var (truth, predictions) = (parsed.GetRequiredValue(truthPath), parsed.GetRequiredValue(paths));
                var names = settings.NamesFor(predictions);
                var omissions = new Omissions(settings.KeepsGoing, surroundings.Error);
                var files = FilePairing.Pair(truth, predictions, (s_endings, s_endings), omissions);
                var protocol = new SemanticProtocol(files, names, omissions) { VoidLabel = own.VoidLabel(parsed), Classes = own.Classes(parsed), ImageFolder = own.Images(parsed) };
                var outcome = protocol.Outcome(EvaluateArguments.Describe(truth, names, predictions), cancellationToken);
                return (int)EvaluationRun.Finish(outcome, settings, omissions, surroundings, cancellationToken);
            },
            CancellationToken.None));
        help.Describe(command, "maskwright evaluate semantic GROUND_TRUTH PREDICTIONS... [options]", Examples, groups);
        return command;
    }
}
