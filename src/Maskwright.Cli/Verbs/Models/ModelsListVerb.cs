using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Maskwright.Cli.Reporting;
using Maskwright.Networks.Catalog;
using Maskwright.Networks.Catalog.Hub;

namespace Maskwright.Cli.Verbs.Models;

/// <summary><c>maskwright models list</c>: the known models, and those that lie in the hub's cache.</summary>
internal static class ModelsListVerb
{
    public static Command Create(Surroundings surroundings, HelpWriter help)
    {
        var json = new Option<bool>("--json") { Description = "Write one JSON list." };
        var command = new Command("list", "Lists the models that Maskwright knows by name, and those on this machine. Uses no network.") { json };
        command.Aliases.Add("ls");
        command.SetAction(parsed =>
        {
            var rows = Rows(new HubCache(surroundings.Hub));
            if (parsed.GetValue(json))
            {
                surroundings.Out.WriteLine(JsonSerializer.Serialize(rows, JsonReporter.Format));
                return (int)ExitCode.Ok;
            }

            TextTable.Write(
                surroundings.Out,
                ["NAME", "PARAMETERS", "SIZE", "LICENCE", "HERE", "DESCRIPTION"],
                rows.Select(row => new[] { row.Name, Parameters(row.Parameters), row.Bytes is { } bytes ? ByteText.Of(bytes) : "-", row.Licence ?? "-", row.Here, row.Description }));
            return (int)ExitCode.Ok;
        });
        help.Describe(command, "maskwright models list [--json]", ["maskwright models list", "maskwright models list --json | jq '.[] | select(.here != \"no\") | .name'"]);
        return command;
    }

    private static List<ListedModel> Rows(HubCache cache)
    {
        var rows = ModelCatalog.Entries
            .Select(entry => new ListedModel(entry.ShortName, entry.Id, entry.Parameters, entry.ApproximateBytes, entry.Licence, Here(entry, cache), entry.Description)).ToList();
        var known = ModelCatalog.Entries.Select(entry => entry.Source?.Repository).ToHashSet(StringComparer.OrdinalIgnoreCase);
        rows.AddRange(cache.List().Where(model => !known.Contains(model.Repository) && CanRun(model, cache))
            .Select(model => new ListedModel(model.Repository, model.Repository, null, model.SizeBytes, null, "yes", "from the hub's cache")));
        return rows;
    }

    // The cache is shared with other programs; what they put there need not be a model.
    private static bool CanRun(CachedModel model, HubCache cache)
    {
        try
        {
            return new ModelResolver(cache).Resolve(model.Repository).Files.Count > 0;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static string Here(CatalogEntry entry, HubCache cache) => entry.HowToGet is not null ? "no" : entry.Source is null ? "embedded" : cache.Holds(entry) ? "yes" : "no";

    private static string Parameters(long? count) => count is { } n ? string.Create(CultureInfo.InvariantCulture, $"{n / 1e6:0.0} M") : "-";

    private sealed record ListedModel(string Name, string Id, long? Parameters, long? Bytes, string? Licence, string Here, string Description);
}
