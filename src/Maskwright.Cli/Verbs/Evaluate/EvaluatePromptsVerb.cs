using System.CommandLine;
using Maskwright.Cli.Evaluation;
using Maskwright.Cli.Evaluation.Prompts;
using Maskwright.Cli.Evaluation.Reports;
using Maskwright.Cli.Models;
using Maskwright.Cli.Options;
using Maskwright.Cli.Reporting;

namespace Maskwright.Cli.Verbs.Evaluate;

/// <summary><c>maskwright evaluate prompts</c>: how well models answer clicks and boxes, and what they find in everything mode.</summary>
internal static class EvaluatePromptsVerb
{
    private const int MostProposals = 1000;

    private static readonly string[] Examples =
    [
        "maskwright evaluate prompts --data dev.tsv --model classic",
        "maskwright evaluate prompts --data dev.tsv --set photos,davis --limit 0 --model classic --model slimsam-77 --report prompts.html",
        "maskwright evaluate prompts --data instances.json --images photos --measure box --model mobile-sam --json box.json",
    ];

    public static Command Create(Surroundings surroundings, HelpWriter help)
    {
        var (study, models, generation, evaluation) = (new PromptStudyOptionGroup(), new EvaluatedModelsOptions(), new GenerationOptions(), new EvaluationOptions());
        var command = new Command(
            "prompts",
            "Measures how well models answer clicks and boxes, and what they find in everything mode: NoC@85/90 by the field's robot user, one-click and box mIoU, AR@10/100/1000.");
        OptionGroup[] groups = [study, models, generation, evaluation];
        Array.ForEach(groups, group => group.AddTo(command));
        command.SetAction((parsed, cancellationToken) => Task.Run(
            () =>
            {
                var settings = evaluation.Read(parsed);
                var requests = models.Read(parsed);
                var names = settings.NamesFor([.. requests.Select(request => request.Name)]);
                var (asked, hasEverything) = study.Read(parsed);
                var omissions = new Omissions(settings.KeepsGoing, surroundings.Error);
                var samples = study.Draw(parsed, settings.Seed, omissions, cancellationToken);
                var run = new PromptRun(samples, asked, omissions, surroundings.Clock);
                var generationSettings = hasEverything ? generation.Read(parsed) with { MaxProposals = MostProposals } : null;
                var measured = requests.Select((request, i) => Measure(surroundings, request, names[i], run, generationSettings, settings, cancellationToken)).ToList();
                var outcome = new PromptOutcome(samples, [.. measured.Select((m, i) => (names[i], m.Answers))], asked, hasEverything);
                return (int)EvaluationRun.Finish(
                    outcome.Outcome([.. study.Describe(parsed), ("device", requests[0].Device), .. Describe(generationSettings)], [.. measured.SelectMany(m => m.Worst)]), settings, omissions, surroundings, cancellationToken);
            },
            CancellationToken.None));
        help.Describe(command, "maskwright evaluate prompts --data FILE --model NAME... [options]", Examples, groups);
        return command;
    }

    private static (IReadOnlyList<IReadOnlyList<TimedAnswer>?> Answers, IReadOnlyList<WorstCase> Worst) Measure(
        Surroundings surroundings, ModelRequest request, string name, PromptRun run, GenerationSettings? generation, EvaluationSettings settings, CancellationToken cancellationToken) =>
        ProgressBoard.Run(ProgressBoard.ConsoleFor(surroundings, settings.IsQuiet), board =>
        {
            using var bar = board.Add(name);
            using var model = surroundings.Models.Load(request, surroundings, cancellationToken);
            var answers = run.Measure(model.Segmenter, generation is null ? null : model.GeneratorFor(generation), bar, cancellationToken);
            return (answers, settings.WantsPictures ? run.Worst(name, model.Segmenter, answers, settings.WorstCases, cancellationToken) : []);
        });

    private static IEnumerable<(string Name, string Value)> Describe(GenerationSettings? settings)
    {
        if (settings is null)
        {
            yield break;
        }

        var given = typeof(GenerationSettings).GetProperties()
            .Where(property => property.CanWrite && property.Name != nameof(GenerationSettings.MaxProposals) && property.GetValue(settings) is not null)
            .Select(property => FormattableString.Invariant($"{property.Name} {property.GetValue(settings)}")).ToList();
        yield return ("everything mode", given.Count > 0 ? string.Join(", ", given) : "each model's own settings");
    }
}
