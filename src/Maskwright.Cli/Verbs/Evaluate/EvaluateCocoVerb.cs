using System.CommandLine;
using Maskwright.Cli.Evaluation;
using Maskwright.Cli.Evaluation.Detection;
using Maskwright.Cli.Options;
using Maskwright.Metrics;

namespace Maskwright.Cli.Verbs.Evaluate;

/// <summary><c>maskwright evaluate coco</c>: average precision of detections.</summary>
internal static class EvaluateCocoVerb
{
    private static readonly string[] Examples =
    [
        "maskwright evaluate coco instances_val.json results.json",
        "maskwright evaluate coco instances_val.json before.json after.json --report ap.html --images val",
        "maskwright evaluate coco lvis_val.json results.json --lvis --type box --json ap.json",
    ];

    public static Command Create(Surroundings surroundings, HelpWriter help)
    {
        var (detection, evaluation) = (new DetectionOptionGroup(), new EvaluationOptions());
        var truthPath = EvaluateArguments.Truth("The ground truth: COCO or LVIS annotations, or a data set of any other format that convert reads.");
        var resultPaths = EvaluateArguments.Predictions("RESULTS", "COCO results, or data sets whose objects have scores; several are compared with the first.");
        var command = new Command("coco", "Measures detections by COCO's twelve numbers (AP and AR for masks or boxes), or LVIS's.") { truthPath, resultPaths };
        OptionGroup[] groups = [detection, evaluation];
        Array.ForEach(groups, group => group.AddTo(command));
        command.SetAction((parsed, cancellationToken) => Task.Run(
            () =>
            {
                var settings = evaluation.Read(parsed);
                var how = detection.Read(parsed);
                var (truthFile, files) = (parsed.GetRequiredValue(truthPath), parsed.GetRequiredValue(resultPaths));
                var names = settings.NamesFor(files);
                var truth = DetectionData.ReadTruth(truthFile, how.ImageFolder, cancellationToken);
                Check(truthFile, truth, how);
                var models = files.Select((file, i) => (names[i], DetectionData.ReadDetections(file, truth, how, cancellationToken))).ToList();
                var outcome = new DetectionProtocol(truth, models, how, cancellationToken).Outcome(EvaluateArguments.Describe(truthFile, names, files), cancellationToken);
                return (int)EvaluationRun.Finish(outcome, settings, new Omissions(settings.KeepsGoing, surroundings.Error), surroundings, cancellationToken);
            },
            CancellationToken.None));
        help.Describe(command, "maskwright evaluate coco GROUND_TRUTH RESULTS... [options]", Examples, groups);
        return command;
    }

    private static void Check(string path, DetectionTruth truth, DetectionSettings settings)
    {
        if (truth.Images.Count == 0)
        {
            throw new ToolException(ExitCode.SomeInputsFailed, $"{path}: there is no image to measure on");
        }

        if (settings.Geometry == OverlapGeometry.Masks && truth.Objects.Any(o => o.Mask is null))
        {
            throw new ToolException(ExitCode.SomeInputsFailed, $"{path}: {truth.Objects.Count(o => o.Mask is null)} annotations have no mask; --type box compares boxes");
        }
    }
}
