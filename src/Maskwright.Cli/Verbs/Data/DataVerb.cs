using System.CommandLine;

namespace Maskwright.Cli.Verbs.Data;

/// <summary><c>maskwright data</c>: what can be done with a data set besides converting and measuring it.</summary>
internal static class DataVerb
{
    public static Command Create(Surroundings surroundings, HelpWriter help)
    {
        var command = new Command("data", "Looks after data sets: finds what is wrong with them.") { DataCheckVerb.Create(surroundings, help) };
        help.Describe(command, "maskwright data check DATASET... [options]", ["maskwright data check train=annotations/train.json val=annotations/val.json --images photos"]);
        command.SetAction(parsed => help.Invoke(parsed));
        return command;
    }
}
