using System.CommandLine;
using System.Text.Json;
using Maskwright.Cli.Reporting;
using Maskwright.Networks.Catalog;
using Maskwright.Networks.Catalog.Hub;

namespace Maskwright.Cli.Verbs.Models;

/// <summary><c>maskwright models pull</c>: gets a model into the hub's own cache, with resume and checks.</summary>
internal static class ModelsPullVerb
{
    public static Command Create(Surroundings surroundings, HelpWriter help)
    {
        var name = ModelName.Argument();
        var revision = new Option<string?>("--revision")
        {
            Description = "A branch, tag or commit instead of main; only for a repository of the hub.",
            HelpName = "name",
        };
        var files = new Option<string[]>("--file")
        {
            Description = "A file of the repository, when the choice should not be ours; may be repeated. Only for a repository of the hub.",
            HelpName = "path",
        };
        var json = new Option<bool>("--json") { Description = "Write one JSON document about what was got." };
        var quiet = new Option<bool>("--quiet", "-q") { Description = "Say nothing but errors." };
        var command = new Command("pull", "Gets a model from the hub into its cache (HF_HOME), goes on where an earlier pull stopped, and checks sizes and hashes.") { name, revision, files, json, quiet };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var isQuiet = parsed.GetValue(quiet);
            var result = await PullAsync(parsed.GetRequiredValue(name), parsed.GetValue(revision), parsed.GetValue(files) ?? [], isQuiet, surroundings, cancellationToken);
            Report(result, parsed.GetValue(json), isQuiet, surroundings);
            return (int)ExitCode.Ok;
        });
        help.Describe(
            command,
            "maskwright models pull NAME [--revision REVISION] [--file PATH]...",
            ["maskwright models pull slimsam-77", "maskwright models pull facebook/sam-vit-base", "maskwright models pull someone/sam-variants --file vit_b.safetensors", "HF_ENDPOINT=https://mirror.example maskwright models pull mobile-sam"]);
        return command;
    }

    private static async Task<PullResult> PullAsync(string name, string? revision, string[] files, bool isQuiet, Surroundings surroundings, CancellationToken cancellationToken)
    {
        using var http = HubClient.CreateHttpClient();
        var client = new HubClient(http, surroundings.Hub, time: surroundings.Clock);
        var entry = revision is null && files.Length == 0 ? ModelCatalog.Find(name) : null;
        if (entry?.HowToGet is { } advice)
        {
            throw new ToolException(ExitCode.Model, $"{entry.ShortName} is not on the hub. {advice}");
        }

        if (entry is { Source: null })
        {
            throw new ToolException(ExitCode.Usage, $"{entry.ShortName} is embedded in Maskwright: there is nothing to get");
        }

        if (entry is null && !name.Contains('/', StringComparison.Ordinal))
        {
            throw new ToolException(ExitCode.Model, UnknownName(name, revision, files));
        }

        return await ProgressBoard.RunAsync(ProgressBoard.ConsoleFor(surroundings, isQuiet), async board =>
        {
            using var bar = board.Add(name);
            var progress = new PullBar(bar);
            return entry is null
                ? await client.PullAsync(name, revision ?? "main", files.Length == 0 ? null : files, progress, cancellationToken: cancellationToken)
                : await client.PullAsync(entry, progress, cancellationToken);
        });
    }

    private static string UnknownName(string name, string? revision, string[] files)
    {
        var near = ModelCatalog.Suggest(name);
        var advice = near.Count > 0 ? $"; did you mean {string.Join(" or ", near)}?" : string.Empty;
        return revision is null && files.Length == 0
            ? $"{name}: not a model of the catalog{advice} (maskwright models list shows them; a model of the hub is written owner/name)"
            : $"{name}: {(revision is null ? "--file" : "--revision")} needs a repository of the hub, written owner/name";
    }

    private static void Report(PullResult result, bool asJson, bool isQuiet, Surroundings surroundings)
    {
        if (asJson)
        {
            surroundings.Out.WriteLine(JsonSerializer.Serialize(
                new { result.Repository, result.Commit, result.SnapshotFolder, Files = result.Files.Select(file => new { file.Path, file.LocalPath, file.SizeBytes, Check = file.Check.ToString() }) },
                JsonReporter.Format));
            return;
        }

        if (!isQuiet)
        {
            foreach (var file in result.Files)
            {
                surroundings.Out.WriteLine($"{file.Path}  {ByteText.Of(file.SizeBytes)}  {Checked(file.Check)}");
            }

            surroundings.Out.WriteLine($"{result.Repository} is in {result.SnapshotFolder}");
        }
    }

    private static string Checked(FileCheck check) => check switch
    {
        FileCheck.Sha256 => "SHA-256 as declared",
        FileCheck.GitSha1 => "Git SHA-1 as declared",
        FileCheck.SizeOnly => "size as declared; the server declares no hash",
        _ => "was here already",
    };

    private sealed class PullBar(ProgressBoard.Bar bar) : IProgress<PullProgress>
    {
        public void Report(PullProgress value)
        {
            var what = value.Phase switch
            {
                PullPhase.Waiting => "waiting for another process",
                PullPhase.Checking => "checking what is here",
                PullPhase.Pausing => $"pause of {value.Pause?.TotalSeconds:0} s: {value.PauseReason}",
                _ => value.File,
            };
            bar.Report(what, value.AllBytesTotal is null ? value.BytesDone : value.AllBytesDone, value.AllBytesTotal ?? value.BytesTotal ?? Math.Max(1, value.BytesDone));
        }
    }
}
