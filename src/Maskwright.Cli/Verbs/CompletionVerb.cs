using System.CommandLine;
using Maskwright.Cli.Completion;

namespace Maskwright.Cli.Verbs;

/// <summary><c>maskwright completion</c>: prints what a shell needs to complete commands, options and model names.</summary>
internal static class CompletionVerb
{
    public static Command Create(Surroundings surroundings, HelpWriter help)
    {
        var shell = new Argument<string>("SHELL")
        {
            Description = string.Join(", ", CompletionScripts.ByShell.Keys.Order(StringComparer.Ordinal)) + ".",
        };
        shell.AcceptOnlyFromAmong([.. CompletionScripts.ByShell.Keys]);
        var command = new Command("completion", "Prints a script that lets a shell complete commands, options and model names.") { shell };
        command.SetAction(parsed =>
        {
            surroundings.Out.Write(CompletionScripts.ByShell[parsed.GetRequiredValue(shell)]);
            return (int)ExitCode.Ok;
        });
        help.Describe(
            command,
            "maskwright completion bash|zsh|fish|pwsh",
            ["maskwright completion bash >> ~/.bashrc", "maskwright completion zsh >> ~/.zshrc", "maskwright completion fish > ~/.config/fish/completions/maskwright.fish"]);
        return command;
    }
}
