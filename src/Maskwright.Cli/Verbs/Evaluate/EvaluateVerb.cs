using System.CommandLine;

namespace Maskwright.Cli.Verbs.Evaluate;

/// <summary><c>maskwright evaluate</c>: predictions and models against ground truth, by the field's protocols.</summary>
internal static class EvaluateVerb
{
    public static Command Create(Surroundings surroundings, HelpWriter help)
    {
        var command = new Command("evaluate", "Measures predictions and models against ground truth, with confidence intervals, groups and comparisons.")
        {
            EvaluateCocoVerb.Create(surroundings, help),
            EvaluatePanopticVerb.Create(surroundings, help),
            EvaluateSemanticVerb.Create(surroundings, help),
            EvaluateMasksVerb.Create(surroundings, help),
            EvaluateMembranesVerb.Create(surroundings, help),
            EvaluateVideoVerb.Create(surroundings, help),
            EvaluateBerkeleyVerbs.Boundaries(surroundings, help),
            EvaluateBerkeleyVerbs.Regions(surroundings, help),
            EvaluatePromptsVerb.Create(surroundings, help),
        };
        command.Aliases.Add("eval");
        help.Describe(
            command,
            "maskwright evaluate PROTOCOL ...",
            ["maskwright evaluate coco instances.json results.json --report ap.html",
             "maskwright evaluate prompts --data dev.tsv --model classic --model slimsam-77 --report prompts.html"]);
        return command;
    }
}
