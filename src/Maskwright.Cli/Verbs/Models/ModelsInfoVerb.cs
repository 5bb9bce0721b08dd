using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Maskwright.Cli.Reporting;
using Maskwright.Graphs;
using Maskwright.Graphs.Weights;
using Maskwright.Networks.Catalog;
using Maskwright.Networks.Catalog.Hub;
using Maskwright.Networks.Sam;
using Maskwright.Networks.Seedling;

namespace Maskwright.Cli.Verbs.Models;

/// <summary><c>maskwright models info</c>: what is known about a model, without the network where the catalog or the cache knows it.</summary>
internal static class ModelsInfoVerb
{
    public static Command Create(Surroundings surroundings, HelpWriter help)
    {
        var name = ModelName.Argument();
        var json = new Option<bool>("--json") { Description = "Write one JSON document." };
        var command = new Command("info", "Tells what is known about a model: from the catalog and this machine, else from the hub.") { name, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var facts = await FactsAsync(parsed.GetRequiredValue(name), surroundings, cancellationToken);
            if (parsed.GetValue(json))
            {
                var document = facts.GroupBy(fact => fact.Name).ToDictionary(group => group.Key, group => group.Count() == 1 ? (object)group.Single().Value : group.Select(fact => fact.Value));
                surroundings.Out.WriteLine(JsonSerializer.Serialize(document, JsonReporter.Format));
                return (int)ExitCode.Ok;
            }

            var column = facts.Max(fact => fact.Name.Length) + 2;
            foreach (var (fact, value) in facts)
            {
                surroundings.Out.WriteLine($"{(fact + ":").PadRight(column)}{value}");
            }

            return (int)ExitCode.Ok;
        });
        help.Describe(command, "maskwright models info NAME [--json]", ["maskwright models info slimsam-77", "maskwright models info facebook/sam-vit-huge", "maskwright models info sam_vit_b.pth"]);
        return command;
    }

    private static async Task<List<(string Name, string Value)>> FactsAsync(string name, Surroundings surroundings, CancellationToken cancellationToken)
    {
        var cache = new HubCache(surroundings.Hub);
        if (ModelCatalog.Find(name) is { } entry)
        {
            return FromCatalog(entry, cache);
        }

        try
        {
            return FromFiles(new ModelResolver(cache).Resolve(name));
        }
        catch (ModelNotFoundException e) when (e.PullName is not null)
        {
            using var http = HubClient.CreateHttpClient();
            return FromHub(await new HubClient(http, surroundings.Hub, time: surroundings.Clock).GetModelInfoAsync(name, cancellationToken: cancellationToken));
        }
    }

    private static List<(string Name, string Value)> FromCatalog(CatalogEntry entry, HubCache cache)
    {
        List<(string Name, string Value)> facts =
        [
            ("name", entry.ShortName), ("id", entry.Id), ("description", entry.Description), ("family", entry.Family.ToString()), ("layout", entry.Layout.ToString()),
            ("licence", $"{entry.Licence} (as its origin states it)"),
        ];
        Add(facts, "aliases", string.Join(", ", entry.Aliases.Skip(1)));
        Add(facts, "parameters", entry.Parameters?.ToString("N0", CultureInfo.InvariantCulture));
        Add(facts, "size", entry.ApproximateBytes is { } bytes ? ByteText.Of(bytes) : null);
        if (entry.HowToGet is { } advice)
        {
            facts.Add(("here", $"no; {advice}"));
            return facts;
        }

        if (entry.Source is not { } source)
        {
            facts.AddRange(entry.Family == ModelFamily.Seedling ? OfSeedling(SeedlingConfig.Default) : []);
            facts.Add(("here", "embedded: nothing to get"));
            return facts;
        }

        facts.Add(("hub", $"{source.Repository} at {source.Revision}"));
        facts.Add(("here", cache.Holds(entry) ? cache.FindSnapshot(source.Repository, source.Revision) ?? "yes" : $"no; maskwright models pull {entry.ShortName} gets it"));
        facts.AddRange(entry.Files.Select(file => ("file", $"{file.Path}{(file.Sha256 is { } hash ? $" (SHA-256 {hash})" : string.Empty)}")));
        return facts;
    }

    private static List<(string Name, string Value)> FromFiles(ResolvedModel model) =>
    [
        ("name", model.Name), ("family", model.Family.ToString()), ("layout", model.Layout.ToString()),
        .. model.Files.Select(file => ("file", $"{file.LocalPath} ({file.Role}, {ByteText.Of(new FileInfo(file.LocalPath).Length)})")),
        .. model.PathOf(ModelFileRole.Weights) is { } weights ? FromWeights(weights) : [],
    ];

    // Multiply-accumulates as most papers count them leave the products of activations out; both are said.
    private static List<(string Name, string Value)> FromWeights(string path)
    {
        using (var file = WeightFile.Open(path))
        {
            if (SeedlingWeights.Recognises(file))
            {
                return [("network", "seedling, told from its tensors"), .. file.Metadata.Select(pair => (pair.Key, pair.Value)), .. OfSeedling(SeedlingWeights.ConfigOf(file))];
            }
        }

        if (ClassModelFacts.Of(path) is { } known)
        {
            return known;
        }

        var summary = SamCheckpointSummary.Read(path);
        var (encoder, canvas) = (summary.Encoder, summary.CanvasSide);
        List<(string Name, string Value)> facts =
        [
            ("network", $"{summary.Name}, told from its tensors"), ("canvas", $"{canvas} x {canvas}"),
            ("parameters", string.Create(CultureInfo.InvariantCulture, $"{summary.ParameterCount:N0} ({encoder.ParameterCount:N0} of them in the image encoder)")),
        ];
        if (encoder.Cost is { } cost)
        {
            facts.Add(("an image", string.Create(
                CultureInfo.InvariantCulture, $"{cost.Total / 1e9:0.##} GMAC: {cost.Module / 1e9:0.##} in layers, {cost.Product / 1e9:0.##} in attention, {cost.RelativePosition / 1e9:0.##} in relative positions")));
        }

        return facts;
    }

    private static List<(string Name, string Value)> OfSeedling(SeedlingConfig config)
    {
        var summary = SeedlingSummary.Of(config);
        return
        [
            ("looks at", $"{summary.Canvas} for a photo of 4:3"),
            ("learned numbers", string.Create(CultureInfo.InvariantCulture, $"{summary.ParameterCount:N0} ({summary.Encoder.ParameterCount:N0} of them in the image encoder)")),
            ("an image", Cost(summary.Encoder)),
            ("a click", Cost(summary.Decoder)),
        ];
    }

    private static string Cost(GraphSummary part) =>
        part.Cost is { } cost ? string.Create(CultureInfo.InvariantCulture, $"{cost.Total / 1e9:0.##} GMAC") : "unknown";

    private static List<(string Name, string Value)> FromHub(HubModelInfo info)
    {
        List<(string Name, string Value)> facts = [("name", info.Summary.Id), ("commit", info.Commit), ("here", $"no; maskwright models pull {info.Summary.Id} gets it")];
        Add(facts, "task", info.Summary.Task);
        Add(facts, "library", info.Summary.Library);
        Add(facts, "licence", info.Summary.Licence);
        Add(facts, "parameters", info.Parameters?.ToString("N0", CultureInfo.InvariantCulture));
        facts.AddRange(info.Files.Where(file => file.Sha256 is not null).Select(file => ("file", file.SizeBytes is { } bytes ? $"{file.Path} ({ByteText.Of(bytes)})" : file.Path)));
        return facts;
    }

    private static void Add(List<(string Name, string Value)> facts, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            facts.Add((name, value));
        }
    }
}
