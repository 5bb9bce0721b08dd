using System.CommandLine;
using Maskwright.Cli.Evaluation;
using Maskwright.Cli.Evaluation.Files;
using Maskwright.Cli.Evaluation.Masks;
using Maskwright.Cli.Options;

namespace Maskwright.Cli.Verbs.Evaluate;

/// <summary><c>maskwright evaluate masks</c>: overlaps and surface distances of pairs of masks.</summary>
internal static class EvaluateMasksVerb
{
    private static readonly string[] s_endings = [.. FilePairing.Images, .. FilePairing.Arrays];

    private static readonly string[] Examples =
    [
        "maskwright evaluate masks truth predicted",
        "maskwright evaluate masks truth.png predicted.png --json scores.json",
        "maskwright evaluate masks truth predicted --by-label --spacing 0.7,0.7,2.5 --tolerance 2",
    ];

    public static Command Create(Surroundings surroundings, HelpWriter help)
    {
        var (own, evaluation) = (new MaskOptionGroup(), new EvaluationOptions());
        var truthPath = EvaluateArguments.Truth("A mask or a folder of masks: images, or arrays (.npy, .npz) of two or three axes.");
        var paths = EvaluateArguments.Predictions("PREDICTIONS", "Masks, or folders with files of the same names; several are compared with the first.");
        var command = new Command("masks", "Measures pairs of masks or 3D label volumes: Dice, IoU, Hausdorff, HD95, ASSD, NSD, boundary F, boundary IoU.") { truthPath, paths };
        OptionGroup[] groups = [own, evaluation];
        Array.ForEach(groups, group => group.AddTo(command));
        command.SetAction((parsed, cancellationToken) => Task.Run(
            () =>
            {
                var settings = evaluation.Read(parsed);
                var how = own.Read(parsed);
                var (truth, predictions) = (parsed.GetRequiredValue(truthPath), parsed.GetRequiredValue(paths));
                var names = settings.NamesFor(predictions);
                var omissions = new Omissions(settings.KeepsGoing, surroundings.Error);
                var files = FilePairing.Pair(truth, predictions, (s_endings, s_endings), omissions);
                var outcome = new MaskProtocol(files, names, how, omissions).Outcome(EvaluateArguments.Describe(truth, names, predictions), cancellationToken);
                return (int)EvaluationRun.Finish(outcome, settings, omissions, surroundings, cancellationToken);
            },
            CancellationToken.None));
        help.Describe(command, "maskwright evaluate masks GROUND_TRUTH PREDICTIONS... [options]", Examples, groups);
        return command;
    }
}
