namespace Maskwright.Cli.Terminal;

/// <summary>Tells from the environment how the terminal can show a picture.</summary>
internal static class TerminalDetection
{
    /// <summary>The variable that overrides what was found: blocks, sixel, kitty or iterm.</summary>
    public const string OverrideVariable = "MASKWRIGHT_GRAPHICS";

    private static readonly string[] SixelTerminals = ["foot", "mlterm", "yaft", "contour", "sixel"];

    /// <summary>Chooses the best way that the variables promise.</summary>
    /// <exception cref="ToolException">The override names no known way.</exception>
    public static TerminalGraphics Detect(Func<string, string?> variable)
    {
        if (variable(OverrideVariable) is { Length: > 0 } named)
        {
            return Named(named);
        }

        var term = variable("TERM") ?? string.Empty;
        var program = variable("TERM_PROGRAM") ?? string.Empty;
        return true switch
        {
            _ when variable("TMUX") is { Length: > 0 } || term.StartsWith("screen", StringComparison.Ordinal) || term.StartsWith("tmux", StringComparison.Ordinal)
                => TerminalGraphics.Blocks, // multiplexers swallow graphics unless told otherwise
            _ when variable("KITTY_WINDOW_ID") is { Length: > 0 } || term.Contains("kitty", StringComparison.Ordinal) || term.Contains("ghostty", StringComparison.Ordinal)
                => TerminalGraphics.Kitty,
            _ when program is "iTerm.app" or "WezTerm" or "mintty" || variable("LC_TERMINAL") == "iTerm2" => TerminalGraphics.ITerm,
            _ when SixelTerminals.Any(name => term.Contains(name, StringComparison.Ordinal)) => TerminalGraphics.Sixel,
            _ => TerminalGraphics.Blocks,
        };
    }

    private static TerminalGraphics Named(string name) => name.ToLowerInvariant() switch
    {
        "blocks" => TerminalGraphics.Blocks,
        "sixel" => TerminalGraphics.Sixel,
        "kitty" => TerminalGraphics.Kitty,
        "iterm" => TerminalGraphics.ITerm,
        _ => throw new ToolException(
            ExitCode.Usage,
            $"{OverrideVariable}={name}: not a known kind of terminal graphics; blocks, sixel, kitty and iterm are."),
    };
}
