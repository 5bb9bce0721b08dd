using System.CommandLine;
using Maskwright.Cli.Evaluation;
using Maskwright.Cli.Evaluation.Files;
using Maskwright.Cli.Options;

namespace Maskwright.Cli.Verbs.Evaluate;

/// <summary>A verb below <c>evaluate</c> that compares files of the same names.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it measures.</param>
/// <param name="Own">The protocol's options.</param>
/// <param name="Measure">Measures what was paired, given the command line.</param>
internal sealed record FileProtocolVerb(string Name, string Description, OptionGroup Own, Func<ParseResult, PairedPredictions, CancellationToken, EvaluationOutcome> Measure)
{
    public required string Truth { get; init; }

    public required string Predictions { get; init; }

    public required string[] Examples { get; init; }

    /// <summary>The endings of files that count.</summary>
    public string[] Endings { get; init; } = FilePairing.Images;

    /// <summary>What follows the truth's name in the names of predictions.</summary>
    public Func<ParseResult, string> SuffixOf { get; init; } = _ => string.Empty;

    public Command Create(Surroundings surroundings, HelpWriter help)
    {
        var evaluation = new EvaluationOptions();
        var truthPath = EvaluateArguments.Truth(Truth);
        var paths = EvaluateArguments.Predictions("PREDICTIONS", Predictions);
        var command = new Command(Name, Description) { truthPath, paths };
        OptionGroup[] groups = [Own, evaluation];
        Array.ForEach(groups, group => group.AddTo(command));
        command.SetAction((parsed, cancellationToken) => Task.Run(
            () =>
            {
                var settings = evaluation.Read(parsed);
                var (truth, predictions) = (parsed.GetRequiredValue(truthPath), parsed.GetRequiredValue(paths));
                var names = settings.NamesFor(predictions);
                var omissions = new Omissions(settings.KeepsGoing, surroundings.Error);
                var files = FilePairing.Pair(truth, predictions, (Endings, Endings), omissions, SuffixOf(parsed));
                var paired = new PairedPredictions(truth, files, names, omissions, EvaluateArguments.Describe(truth, names, predictions), settings.IsQuiet);
                return (int)EvaluationRun.Finish(Measure(parsed, paired, cancellationToken), settings, omissions, surroundings, cancellationToken);
            },
            CancellationToken.None));
        help.Describe(command, $"maskwright evaluate {Name} GROUND_TRUTH PREDICTIONS... [options]", Examples, groups);
        return command;
    }
}

/// <summary>Files of a ground truth, and of predictions that belong to them.</summary>
/// <param name="Truth">Where the ground truth is.</param>
/// <param name="Files">The pairs.</param>
/// <param name="Names">What the predictions are called.</param>
/// <param name="Omissions">Told of files that cannot be measured.</param>
/// <param name="Described">The arguments for the report.</param>
/// <param name="IsQuiet">Whether nothing is told on the terminal.</param>
internal sealed record PairedPredictions(
    string Truth, IReadOnlyList<PairedFile> Files, IReadOnlyList<string> Names, Omissions Omissions, IReadOnlyList<(string Name, string Value)> Described, bool IsQuiet);
