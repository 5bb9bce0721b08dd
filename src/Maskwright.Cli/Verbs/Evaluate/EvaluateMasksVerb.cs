using System.CommandLine;
using Maskwright.Cli.Evaluation;
using Maskwright.Cli.Evaluation.Files;
using Maskwright.Cli.Evaluation.Masks;
using Maskwright.Cli.Options;

namespace Maskwright.Cli.Verbs.Evaluate;

/// <summary><c>maskwright evaluate masks</c>: overlaps and surface distances of pairs of masks.</summary>
internal static class EvaluateMasksVerb
{
    private static readonly string[] Examples =
    [
        "maskwright evaluate masks truth predicted",
        "maskwright evaluate masks truth.png predicted.png --json scores.json",
        "maskwright evaluate masks truth predicted --by-label --spacing 0.7,0.7,2.5 --tolerance 2",
    ];

    public static Command Create(Surroundings surroundings, HelpWriter help)
    {
        var own = new MaskOptionGroup();
        return new FileProtocolVerb("masks", "Measures pairs of masks or 3D label volumes: Dice, IoU, Hausdorff, HD95, ASSD, NSD, boundary F, boundary IoU.", own, Measure)
        {
            Truth = "A mask or a folder of masks: images, or arrays (.npy, .npz) of two or three axes.",
            Predictions = "Masks, or folders with files of the same names; several are compared with the first.",
            Examples = Examples,
            Endings = [.. FilePairing.Images, .. FilePairing.Arrays],
        }.Create(surroundings, help);

        EvaluationOutcome Measure(ParseResult parsed, PairedPredictions paired, CancellationToken cancellationToken) =>
            new MaskProtocol(paired.Files, paired.Names, own.Read(parsed), paired.Omissions).Outcome(paired.Described, cancellationToken);
    }
}
