using Xunit;

namespace Maskwright.Cli.Tests.Verbs;

public class CompletionVerbTests
{
    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    [InlineData("pwsh")]
    public void Every_shell_asks_the_tool_itself(string shell)
    {
        using var run = new ToolRun();

        Assert.Equal(ExitCode.Ok, run.Run("completion", shell));
        Assert.Contains("[suggest:", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_shell_is_refused()
    {
        using var run = new ToolRun();

        Assert.Equal(ExitCode.Usage, run.Run("completion", "dos"));
    }

    [Theory]
    [InlineData("maskwright mod", "models")]
    [InlineData("maskwright everything --model slim", "slimsam-77")]
    [InlineData("maskwright everything --format am", "amg-json")]
    [InlineData("maskwright segment --mul", "--multimask")]
    [InlineData("maskwright models pull mob", "mobile-sam")]
    public void Suggestions_come_from_the_tool(string line, string expected)
    {
        using var run = new ToolRun();

        Assert.Equal(ExitCode.Ok, run.Run($"[suggest:{line.Length}]", line));
        Assert.Contains(expected, run.OutputLines);
    }
}
