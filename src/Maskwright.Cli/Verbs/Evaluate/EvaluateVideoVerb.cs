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
        var own = new VideoOptionGroup();
        return new FileProtocolVerb("video", "Measures objects in videos as DAVIS does: J and F, their means, recall and decay.", own, Measure)
        {
            Truth = "A folder with a folder of label images for each sequence; frames in the order of their names.",
            Predictions = "Folders of the same structure; several are compared with the first.",
            Examples = Examples,
        }.Create(surroundings, help);

        EvaluationOutcome Measure(ParseResult parsed, PairedPredictions paired, CancellationToken cancellationToken)
        {
            var sequences = paired.Files.GroupBy(file => file.Name.Contains('/', StringComparison.Ordinal) ? file.Name[..file.Name.LastIndexOf('/')] : Path.GetFileName(Path.GetFullPath(paired.Truth)))
                .Select(group => (group.Key, (IReadOnlyList<PairedFile>)[.. group])).ToList();
            var protocol = new VideoProtocol(sequences, paired.Names, own.WithEnds(parsed), paired.Omissions) { ImageFolder = own.Images(parsed) };
            return protocol.Outcome(paired.Described, cancellationToken);
        }
    }
}
