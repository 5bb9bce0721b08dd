using System.CommandLine;
using Maskwright.Networks.Catalog;

namespace Maskwright.Cli.Verbs.Models;

/// <summary>The argument that names a model, completed from the catalog.</summary>
internal static class ModelName
{
    public static Argument<string> Argument()
    {
        var name = new Argument<string>("NAME") { Description = "A name of the catalog (slimsam-77) or a repository of the hub (owner/name)." };
        name.CompletionSources.Add([.. ModelCatalog.Entries.Select(entry => entry.ShortName)]);
        return name;
    }
}
