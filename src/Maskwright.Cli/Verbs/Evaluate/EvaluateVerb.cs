using System.CommandLine;

namespace Maskwright.Cli.Verbs.Evaluate;

/// <summary><c>maskwright evaluate</c>: predictions and models against ground truth, by the field's protocols.</summary>
internal static class EvaluateVerb
{
    public static Command Create(Surroundings surroundings, HelpWriter help)
    {
        var command = new Command("evaluate", "Measures predictions and models against ground truth, with confidence intervals, groups and comparisons.")
        {
            EvaluatePromptsVerb.Create(surroundings, help),
        };
        command.Aliases.Add("eval");
        help.Describe(
            command,
            "maskwright evaluate PROTOCOL ...",
            ["maskwright evaluate prompts --data dev.tsv --model classic --model slimsam-77 --report prompts.html"]);
        return command;
    }
}
