using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Maskwright.Testing;
using Xunit;

namespace Maskwright.Cli.Tests;

public partial class ReadmeTests
{
    [Fact]
    public void The_four_lines_of_the_readme_are_those_of_the_compiled_sample()
    {
        var sample = RepositoryFiles.Read("samples", "FourLines", "Program.cs");
        var lines = Between(sample, "// begin of the four lines\n", "// end of the four lines");

        Assert.Equal(4, lines.TrimEnd().Split('\n').Length);
        Assert.Contains(lines, RepositoryFiles.Read("README.md"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_sample_runs_and_writes_masks()
    {
        using var folder = new TemporaryFolder();
        TestImages.WriteSquare(folder.File("photo.png"), 840, 620);
        var before = Environment.CurrentDirectory;
        Environment.CurrentDirectory = folder.Path;
        try
        {
            Assembly.Load("FourLines").EntryPoint!.Invoke(null, [new[] { folder.File("photo.png") }]); // a program has one
        }
        finally
        {
            Environment.CurrentDirectory = before;
        }

        using var json = JsonDocument.Parse(File.ReadAllText(folder.File("masks.json")));
        Assert.NotEmpty(json.RootElement.GetProperty("annotations").EnumerateArray());
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("CONTRIBUTING.md")]
    [InlineData("docs/guide/cli.md")]
    [InlineData("docs/guide/evaluate.md")]
    [InlineData("docs/guide/ubuntu.md")]
    [InlineData("docs/decisions/README.md")]
    [InlineData("samples/photos/README.md")]
    public void Links_lead_to_files_that_are_there(string page)
    {
        var folder = Path.GetDirectoryName(RepositoryFiles.PathOf(page))!; // a file has a folder

        var broken = Link().Matches(RepositoryFiles.Read(page)).Select(match => match.Groups[1].Value)
            .Where(target => !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith('#'))
            .Where(target => !Path.Exists(Path.Combine(folder, target.Split('#')[0])));

        Assert.Empty(broken);
    }

    [Fact]
    public void Every_decision_stands_in_the_index()
    {
        var index = RepositoryFiles.Read("docs", "decisions", "README.md");

        var records = Directory.EnumerateFiles(RepositoryFiles.PathOf("docs", "decisions"), "0*.md").Select(Path.GetFileName);

        Assert.All(records, record => Assert.Contains($"({record})", index, StringComparison.Ordinal));
    }

    private static string Between(string text, string begin, string end)
    {
        var start = text.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
        return text[start..text.IndexOf(end, start, StringComparison.Ordinal)];
    }

    [GeneratedRegex("""(?:\]\(|src=")([^)\s"]+)[)"]""")]
    private static partial Regex Link();
}
