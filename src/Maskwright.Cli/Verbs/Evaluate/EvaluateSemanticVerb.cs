using System.CommandLine;
using Maskwright.Cli.Evaluation;
using Maskwright.Cli.Evaluation.Files;
using Maskwright.Cli.Evaluation.Semantic;
using Maskwright.Cli.Options;

namespace Maskwright.Cli.Verbs.Evaluate;

/// <summary><c>maskwright evaluate semantic</c>: IoU of classes.</summary>
internal static class EvaluateSemanticVerb
{
    private static readonly string[] Examples =
    [
        "maskwright evaluate semantic labels predicted",
        "maskwright evaluate semantic labels before after --classes camvid.txt --void 11 --report miou.html --images photos",
    ];

    public static Command Create(Surroundings surroundings, HelpWriter help)
    {
        var own = new SemanticOptionGroup();
        return new FileProtocolVerb("semantic", "Measures label images: IoU of each class, mIoU, frequency-weighted IoU, accuracies, Dice.", own, Measure)
        {
            Truth = "A folder of label images, or one: a number a pixel, or a palette's index. Also .npy.",
            Predictions = "Folders with files of the same names; several are compared with the first.",
            Examples = Examples,
            Endings = [.. FilePairing.Images, .. FilePairing.Arrays],
        }.Create(surroundings, help);

        EvaluationOutcome Measure(ParseResult parsed, PairedPredictions paired, CancellationToken cancellationToken)
        {
            var protocol = new SemanticProtocol(paired.Files, paired.Names, paired.Omissions) { VoidLabel = own.VoidLabel(parsed), Classes = own.Classes(parsed), ImageFolder = own.Images(parsed) };
            return protocol.Outcome(paired.Described, cancellationToken);
        }
    }
}
