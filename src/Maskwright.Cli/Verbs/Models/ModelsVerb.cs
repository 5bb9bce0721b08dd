using System.CommandLine;

namespace Maskwright.Cli.Verbs.Models;

/// <summary><c>maskwright models</c>: what there is, what is here, and how to get the rest.</summary>
internal static class ModelsVerb
{
    public static Command Create(Surroundings surroundings, HelpWriter help)
    {
        var command = new Command("models", "Lists, searches, explains, gets, removes and exports models.")
        {
            ModelsListVerb.Create(surroundings, help),
            ModelsSearchVerb.Create(surroundings, help),
            ModelsInfoVerb.Create(surroundings, help),
            ModelsPullVerb.Create(surroundings, help),
            ModelsRemoveVerb.Create(surroundings, help),
            ModelsExportVerb.Create(surroundings, help),
        };
        help.Describe(command, "maskwright models list|search|info|pull|remove|export", ["maskwright models list", "maskwright models pull slimsam-77"]);
        return command;
    }
}
