using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Maskwright.Cli.Reporting;
using Maskwright.Networks.Catalog;
using Maskwright.Networks.Catalog.Hub;

namespace Maskwright.Cli.Verbs.Models;

/// <summary><c>maskwright models search</c>: asks the hub.</summary>
internal static class ModelsSearchVerb
{
    private static readonly Dictionary<string, SegmentationTask> Tasks = new()
    {
        ["mask-generation"] = SegmentationTask.MaskGeneration,
        ["image-segmentation"] = SegmentationTask.ImageSegmentation,
        ["semantic-segmentation"] = SegmentationTask.SemanticSegmentation,
        ["instance-segmentation"] = SegmentationTask.InstanceSegmentation,
        ["panoptic-segmentation"] = SegmentationTask.PanopticSegmentation,
    };

    public static Command Create(Surroundings surroundings, HelpWriter help)
    {
        var words = new Argument<string[]>("WORDS")
        {
            Description = "Words that the names contain; none lists the most downloaded.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var task = new Option<string>("--task")
        {
            Description = "What the models are made for.",
            HelpName = string.Join('|', Tasks.Keys),
            DefaultValueFactory = _ => "mask-generation",
        };
        task.AcceptOnlyFromAmong([.. Tasks.Keys]);
        var limit = new Option<int>("--limit") { Description = "Longest list, 1 to 1000.", HelpName = "n", DefaultValueFactory = _ => 20 };
        limit.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && (!int.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, out var value) || value is < 1 or > 1000))
            {
                result.AddError("--limit must be a whole number from 1 to 1000.");
            }
        });
        var json = new Option<bool>("--json") { Description = "Write one JSON list." };
        var command = new Command("search", "Searches the Hugging Face hub for segmentation models, the most downloaded first.") { words, task, limit, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var http = HubClient.CreateHttpClient();
            var client = new HubClient(http, surroundings.Hub, time: surroundings.Clock);
            var text = string.Join(' ', parsed.GetValue(words) ?? []);
            var found = await client.SearchAsync(Tasks[parsed.GetRequiredValue(task)], text, parsed.GetValue(limit), cancellationToken);
            Write(found, parsed.GetValue(json), surroundings);
            return (int)ExitCode.Ok;
        });
        help.Describe(
            command,
            "maskwright models search [WORDS...] [options]",
            ["maskwright models search slimsam", "maskwright models search --task semantic-segmentation segformer --limit 5"]);
        return command;
    }

    private static void Write(IReadOnlyList<HubModelSummary> found, bool asJson, Surroundings surroundings)
    {
        if (asJson)
        {
            surroundings.Out.WriteLine(JsonSerializer.Serialize(found, JsonReporter.Format));
            return;
        }

        if (found.Count == 0)
        {
            surroundings.Error.WriteLine("maskwright: the hub knows no such model");
            return;
        }

        TextTable.Write(
            surroundings.Out,
            ["NAME", "DOWNLOADS", "LIKES", "LICENCE", "LIBRARY", "KNOWN HERE AS"],
            found.Select(model => new[]
            {
                model.Id, model.Downloads.ToString(CultureInfo.InvariantCulture), model.Likes.ToString(CultureInfo.InvariantCulture),
                (model.Licence ?? "-") + (model.IsGated ? " (gated)" : string.Empty), model.Library ?? "-", ModelCatalog.Find(model.Id)?.ShortName ?? "-",
            }));
    }
}
