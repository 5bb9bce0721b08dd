using System.CommandLine;
using Maskwright.Cli.Evaluation;
using Maskwright.Cli.Evaluation.Panoptic;
using Maskwright.Cli.Options;
using Maskwright.Formats.Coco;

namespace Maskwright.Cli.Verbs.Evaluate;

/// <summary><c>maskwright evaluate panoptic</c>: panoptic quality.</summary>
internal static class EvaluatePanopticVerb
{
    private static readonly string[] Examples =
    [
        "maskwright evaluate panoptic panoptic_val.json predicted.json",
        "maskwright evaluate panoptic panoptic_val.json a.json b.json --categories classes.json --report pq.html --images val",
    ];

    public static Command Create(Surroundings surroundings, HelpWriter help)
    {
        var (own, evaluation) = (new PanopticOptionGroup(), new EvaluationOptions());
        var truthPath = EvaluateArguments.Truth("The ground truth in COCO's panoptic format; its PNG files lie in the folder of the same name.");
        var paths = EvaluateArguments.Predictions("PREDICTIONS", "Predictions in the same format; several are compared with the first.");
        var command = new Command("panoptic", "Measures panoptic segmentations: PQ, SQ and RQ over all classes, things and stuff.") { truthPath, paths };
        OptionGroup[] groups = [own, evaluation];
        Array.ForEach(groups, group => group.AddTo(command));
        command.SetAction((parsed, cancellationToken) => Task.Run(
            () =>
            {
                var settings = evaluation.Read(parsed);
                var (truthFile, files) = (parsed.GetRequiredValue(truthPath), parsed.GetRequiredValue(paths));
                var names = settings.NamesFor(files);
                var folders = own.Folders(parsed, files);
                var omissions = new Omissions(settings.KeepsGoing, surroundings.Error);
                var categories = CocoPanopticReader.ReadCategories(own.Categories(parsed) ?? truthFile, cancellationToken);
                var truth = Unique(truthFile, CocoPanopticReader.ReadEntries(truthFile, own.TruthFolder(parsed) ?? BesideOf(truthFile), cancellationToken));
                var models = files.Select((file, i) => (names[i], Unique(file, CocoPanopticReader.ReadEntries(file, folders[i] ?? BesideOf(file), cancellationToken)))).ToList();
                var protocol = new PanopticProtocol(categories, [.. truth.Values], [.. models.Select(m => (m.Item1, (IReadOnlyDictionary<long, PanopticEntry>)m.Item2))], omissions) { ImageFolder = own.Images(parsed) };
                var outcome = protocol.Outcome(EvaluateArguments.Describe(truthFile, names, files), cancellationToken);
                return (int)EvaluationRun.Finish(outcome with { Notes = [.. models.SelectMany(m => Strangers(m.Item1, m.Item2, truth))] }, settings, omissions, surroundings, cancellationToken);
            },
            CancellationToken.None));
        help.Describe(command, "maskwright evaluate panoptic GROUND_TRUTH PREDICTIONS... [options]", Examples, groups);
        return command;
    }

    private static string BesideOf(string json) => Path.ChangeExtension(json, null);

    private static Dictionary<long, PanopticEntry> Unique(string path, IEnumerable<PanopticEntry> entries)
    {
        var byId = new Dictionary<long, PanopticEntry>();
        foreach (var entry in entries)
        {
            if (!byId.TryAdd(entry.ImageId, entry))
            {
                throw new InvalidAnnotationException(path, null, $"image {entry.ImageId} stands there twice");
            }
        }

        return byId;
    }

    private static IEnumerable<string> Strangers(string name, Dictionary<long, PanopticEntry> found, Dictionary<long, PanopticEntry> wanted)
    {
        var strangers = found.Keys.Count(id => !wanted.ContainsKey(id));
        return strangers > 0 ? [$"{name}: {strangers} predicted images are not in the ground truth; they are left out."] : [];
    }
}
