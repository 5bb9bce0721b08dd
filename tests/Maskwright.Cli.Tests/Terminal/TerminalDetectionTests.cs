using Maskwright.Cli.Terminal;
using Xunit;

namespace Maskwright.Cli.Tests.Terminal;

public class TerminalDetectionTests
{
    [Theory]
    [InlineData("TERM=xterm-256color", "Blocks")]
    [InlineData("TERM=xterm-kitty", "Kitty")]
    [InlineData("TERM=xterm-256color KITTY_WINDOW_ID=1", "Kitty")]
    [InlineData("TERM=xterm-ghostty", "Kitty")]
    [InlineData("TERM=xterm-256color TERM_PROGRAM=iTerm.app", "ITerm")]
    [InlineData("TERM=xterm-256color LC_TERMINAL=iTerm2", "ITerm")]
    [InlineData("TERM=foot", "Sixel")]
    [InlineData("TERM=mlterm", "Sixel")]
    [InlineData("TERM=tmux-256color KITTY_WINDOW_ID=1", "Blocks")]
    [InlineData("TERM=xterm-kitty TMUX=/tmp/tmux", "Blocks")]
    [InlineData("TERM=xterm-kitty MASKWRIGHT_GRAPHICS=sixel", "Sixel")]
    [InlineData("", "Blocks")]
    public void Chooses_by_what_the_variables_promise(string variables, string expected)
    {
        var set = variables.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);

        Assert.Equal(Enum.Parse<TerminalGraphics>(expected), TerminalDetection.Detect(set.GetValueOrDefault));
    }

    [Fact]
    public void Refuses_an_override_that_names_nothing()
    {
        var fault = Assert.Throws<ToolException>(() => TerminalDetection.Detect(name => name == TerminalDetection.OverrideVariable ? "paper" : null));

        Assert.Equal(ExitCode.Usage, fault.Code);
    }
}
