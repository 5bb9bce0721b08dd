using System.CommandLine;
using Maskwright.Networks.Catalog;
using Maskwright.Networks.Catalog.Hub;

namespace Maskwright.Cli.Verbs.Models;

/// <summary><c>maskwright models remove</c>: takes a model out of the hub's cache.</summary>
internal static class ModelsRemoveVerb
{
    public static Command Create(Surroundings surroundings, HelpWriter help)
    {
        var name = ModelName.Argument();
        var command = new Command("remove", "Removes a model, in all its revisions, from the hub's cache on this machine.") { name };
        command.Aliases.Add("rm");
        command.SetAction(parsed =>
        {
            var typed = parsed.GetRequiredValue(name);
            var entry = ModelCatalog.Find(typed);
            if (entry is { Source: null })
            {
                throw new ToolException(ExitCode.Usage, $"{entry.ShortName} is embedded in Maskwright: it cannot be removed");
            }

            var repository = entry?.Source?.Repository ?? typed;
            var cache = new HubCache(surroundings.Hub);
            if (cache.Find(repository) is null)
            {
                throw new ToolException(ExitCode.Model, $"{typed}: not in the cache {cache.Folder}");
            }

            surroundings.Out.WriteLine($"{repository}: removed, {ByteText.Of(cache.Remove(repository))} freed");
            return (int)ExitCode.Ok;
        });
        help.Describe(command, "maskwright models remove NAME", ["maskwright models remove slimsam-77"]);
        return command;
    }
}
