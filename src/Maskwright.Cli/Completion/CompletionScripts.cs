namespace Maskwright.Cli.Completion;

/// <summary>For each shell, a few lines that ask the tool itself what could come next (its <c>[suggest]</c> directive).</summary>
internal static class CompletionScripts
{
    /// <summary>The shells, by the name that a user types.</summary>
    public static IReadOnlyDictionary<string, string> ByShell { get; } = new Dictionary<string, string>
    {
        ["bash"] = """
            # maskwright completion bash >> ~/.bashrc
            _maskwright() {
                local word="${COMP_WORDS[COMP_CWORD]}" answer
                answer=$("${COMP_WORDS[0]}" "[suggest:$COMP_POINT]" "$COMP_LINE" 2>/dev/null)
                [[ -n $word ]] || answer=$(grep -v '^-' <<<"$answer")
                mapfile -t COMPREPLY < <(compgen -W "$answer" -- "$word")
                ((${#COMPREPLY[@]})) || mapfile -t COMPREPLY < <(compgen -f -- "$word")
            }
            complete -o filenames -F _maskwright maskwright ./maskwright

            """,
        ["zsh"] = """
            # maskwright completion zsh >> ~/.zshrc
            _maskwright() {
                local -a answer
                answer=("${(@f)$(${words[1]} "[suggest:$CURSOR]" "$BUFFER" 2>/dev/null)}")
                compadd -a answer
                _files
            }
            (( $+functions[compdef] )) || { autoload -Uz compinit && compinit }
            compdef _maskwright maskwright ./maskwright

            """,
        ["fish"] = """
            # maskwright completion fish > ~/.config/fish/completions/maskwright.fish
            complete -c maskwright -a '(set -l line (commandline -cp); maskwright "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null)'

            """,
        ["pwsh"] = """
            # maskwright completion pwsh >> $PROFILE
            Register-ArgumentCompleter -Native -CommandName maskwright -ScriptBlock {
                param($wordToComplete, $commandAst, $cursorPosition)
                maskwright "[suggest:$cursorPosition]" "$commandAst" 2>$null | ForEach-Object {
                    [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
                }
            }

            """,
    };
}
