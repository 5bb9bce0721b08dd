using System.CommandLine;
using Maskwright.Cli.Evaluation;
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
        "maskwright evaluate membranes labels found --kind cells --suffix .probability-1 --report membranes.html --images slices",
    ];

    public static Command Create(Surroundings surroundings, HelpWriter help)
    {
        var own = new MembraneOptionGroup();
        return new FileProtocolVerb("membranes", "Measures divisions into cells by membranes: foreground-restricted Rand and information scores of the ISBI 2012 challenge.", own, Measure)
        {
            Truth = "A folder of label images, or one: each cell's number, 0 for membrane; or a mask of all cells.",
            Predictions = "Folders with images of the same names; several are compared with the first.",
            Examples = Examples,
            SuffixOf = own.Suffix,
        }.Create(surroundings, help);

        EvaluationOutcome Measure(ParseResult parsed, PairedPredictions paired, CancellationToken cancellationToken)
        {
            var protocol = new MembraneProtocol(paired.Files, paired.Names, own.Kind(parsed), own.Thresholds(parsed), paired.Omissions) { ImageFolder = own.Images(parsed) };
            return ProgressBoard.Run(ProgressBoard.ConsoleFor(surroundings, paired.IsQuiet), board =>
            {
                using var bar = board.Add("membranes");
                return protocol.Outcome(paired.Described, done => bar.Report("images", done, paired.Files.Count), cancellationToken);
            });
        }
    }
}
