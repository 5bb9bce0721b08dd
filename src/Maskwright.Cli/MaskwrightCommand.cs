using System.CommandLine;
using System.CommandLine.Help;
using Maskwright.Cli.Verbs;
using Maskwright.Cli.Verbs.Convert;
using Maskwright.Cli.Verbs.Data;
using Maskwright.Cli.Verbs.Evaluate;
using Maskwright.Cli.Verbs.Models;

namespace Maskwright.Cli;

/// <summary>The whole command line: one file a verb.</summary>
internal static class MaskwrightCommand
{
    public static RootCommand Create(Surroundings surroundings)
    {
        var help = new HelpWriter(surroundings);
        var root = new RootCommand("Turns images into masks: for everything in them, or for what you point at.")
        {
            EverythingVerb.Create(surroundings, help),
            SegmentVerb.Create(surroundings, help),
            LabelVerb.Create(surroundings, help),
            InstancesVerb.Create(surroundings, help),
            PostVerb.Create(surroundings, help),
            ConvertVerb.Create(surroundings, help),
            ModelsVerb.Create(surroundings, help),
            TrainVerb.Create(surroundings, help),
            DataVerb.Create(surroundings, help),
            EvaluateVerb.Create(surroundings, help),
            InfoVerb.Create(surroundings, help),
            CompletionVerb.Create(surroundings, help),
        };
        root.Options.Remove(root.Options.OfType<HelpOption>().Single()); // it also answers to /? and /h, which a path may begin with
        root.Options.Add(new HelpOption("--help", "-h") { Action = help });
        help.Describe(
            root,
            "maskwright COMMAND [options]; maskwright COMMAND --help tells more",
            [
                "maskwright everything photo.jpg                      masks for everything, and an overlay",
                "maskwright segment photo.jpg --point 420,310         the object at that position",
                "maskwright models list                               models by name; classic needs no download",
            ]);
        root.SetAction(parsed => help.Invoke(parsed));
        return root;
    }
}
