using Xunit;

namespace Maskwright.Cli.Tests;

[Trait("Kind", "snapshot")]
public class HelpTests
{
    /// <summary>Set to 1 to write the snapshots anew; look at the difference before committing it.</summary>
    private const string UpdateVariable = "MASKWRIGHT_UPDATE_SNAPSHOTS";

    [Theory]
    [InlineData("")]
    [InlineData("everything")]
    [InlineData("segment")]
    [InlineData("label")]
    [InlineData("instances")]
    [InlineData("post")]
    [InlineData("convert")]
    [InlineData("evaluate")]
    [InlineData("evaluate boundaries")]
    [InlineData("evaluate coco")]
    [InlineData("evaluate masks")]
    [InlineData("evaluate membranes")]
    [InlineData("evaluate panoptic")]
    [InlineData("evaluate prompts")]
    [InlineData("evaluate regions")]
    [InlineData("evaluate semantic")]
    [InlineData("evaluate video")]
    [InlineData("models")]
    [InlineData("models list")]
    [InlineData("models search")]
    [InlineData("models info")]
    [InlineData("models pull")]
    [InlineData("models remove")]
    [InlineData("data")]
    [InlineData("data check")]
    [InlineData("info")]
    [InlineData("completion")]
    public void Help_is_as_reviewed(string verb)
    {
        using var run = new ToolRun();

        var code = run.Run([.. verb.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);

        Assert.Equal(ExitCode.Ok, code);
        Assert.Empty(run.Error);
        var snapshot = RepositoryFiles.PathOf("tests", "Maskwright.Cli.Tests", "Snapshots", $"help-{(verb.Length > 0 ? verb.Replace(' ', '-') : "maskwright")}.txt");
        if (Environment.GetEnvironmentVariable(UpdateVariable) == "1")
        {
            File.WriteAllText(snapshot, run.Output);
        }

        Assert.Equal(File.ReadAllText(snapshot).ReplaceLineEndings("\n"), run.Output);
    }

    [Fact]
    public void No_words_at_all_get_help()
    {
        using var run = new ToolRun();

        Assert.Equal(ExitCode.Ok, run.Run());
        Assert.Contains("maskwright everything photo.jpg", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("everything")]
    [InlineData("segment")]
    [InlineData("label")]
    [InlineData("instances")]
    [InlineData("post")]
    public void Every_option_stands_in_the_guide(string verb)
    {
        using var run = new ToolRun();
        var guide = RepositoryFiles.Read("docs", "guide", verb == "post" ? "post.md" : "cli.md");

        run.Run(verb, "--help");

        var options = run.Output.Split([' ', ',', '\n', '('], StringSplitOptions.RemoveEmptyEntries).Where(word => word.StartsWith("--", StringComparison.Ordinal)).Select(word => word.TrimEnd('.', ':', ';')).Distinct();
        Assert.All(options.Where(option => option.Length > 2), option => Assert.Contains($"`{option}", guide, StringComparison.Ordinal));
    }
}
