using System.Text.Json;
using Maskwright.Formats.Images;
using Maskwright.Geometry;
using Maskwright.Masks;
using Xunit;

namespace Maskwright.Cli.Tests.Verbs.Evaluate;

public sealed class EvaluatePromptsVerbTests
{
    [Fact]
    public void A_model_that_finds_the_bright_square_is_perfect_on_it()
    {
        using var run = new ToolRun();
        WriteData(run, images: 3);

        var code = run.Run("evaluate", "prompts", "--data", "@data.tsv", "--model", "fake", "--json", "@scores.json", "--resamples", "50");

        Assert.Equal(ExitCode.Ok, code);
        Assert.Contains(run.OutputLines, line => line.StartsWith("1-click IoU", StringComparison.Ordinal) && line.Contains("1.000 [1.000, 1.000]", StringComparison.Ordinal));
        using var json = JsonDocument.Parse(File.ReadAllText(run.File("scores.json")));
        var overall = json.RootElement.GetProperty("models")[0].GetProperty("scores").GetProperty("overall")[0];
        Assert.Equal(1, overall.GetProperty("NoC@90").GetProperty("value").GetDouble());
        Assert.Equal(1, overall.GetProperty("box IoU").GetProperty("value").GetDouble());
        Assert.Equal(1, overall.GetProperty("AR@10").GetProperty("value").GetDouble());
        Assert.Equal(3, json.RootElement.GetProperty("items").GetArrayLength());
    }

    [Fact]
    public void Two_models_are_compared_and_the_page_needs_nothing_else()
    {
        using var run = new ToolRun();
        WriteData(run, images: 2);

        var code = run.Run("evaluate", "prompts", "--data", "@data.tsv", "-m", "one/fake", "-m", "two/fake", "--report", "@page.html", "--resamples", "20", "--clicks", "3");

        Assert.Equal(ExitCode.Ok, code);
        Assert.Contains("AGAINST one/fake", run.Output, StringComparison.Ordinal);
        var page = File.ReadAllText(run.File("page.html"));
        Assert.Contains("data:image/jpeg;base64,", page, StringComparison.Ordinal);
        Assert.Contains("prefers-color-scheme:dark", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("http", page, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData(null, true, true)]
    [InlineData(null, false, false)]
    [InlineData("several", false, true)]
    [InlineData("single", true, false)]
    public void The_first_click_asks_as_told_or_as_the_model_prefers(string? firstClick, bool prefers, bool expected)
    {
        using var run = new ToolRun { Models = new FakeModels { PrefersReadings = prefers } };
        WriteData(run, images: 1);
        string[] told = firstClick is null ? [] : ["--first-click", firstClick];

        Assert.Equal(ExitCode.Ok, run.Run(["evaluate", "prompts", "--data", "@data.tsv", "-m", "fake", "--measure", "clicks", "--resamples", "20", .. told]));

        Assert.Equal(expected, run.Models.AskedForSeveral[0]);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false, "--no-closer-look")]
    [InlineData(false, true, "--no-click-guard")]
    public void Models_guard_clicks_and_look_closer_unless_told_not_to(bool guards, bool looksCloser, params string[] told)
    {
        using var run = new ToolRun();
        WriteData(run, images: 1);

        Assert.Equal(ExitCode.Ok, run.Run(["evaluate", "prompts", "--data", "@data.tsv", "-m", "fake", "--measure", "clicks", "--resamples", "20", .. told]));

        var request = Assert.Single(run.Models.Requests);
        Assert.Equal((guards, looksCloser), (request.GuardsClicks, request.LooksCloser));
    }

    [Fact]
    public void A_missing_image_ends_the_run_unless_it_shall_go_on()
    {
        using var run = new ToolRun();
        WriteData(run, images: 2);
        File.Delete(run.File("1.png"));

        Assert.Equal(ExitCode.SomeInputsFailed, run.Run("evaluate", "prompts", "--data", "@data.tsv", "-m", "fake"));
        Assert.Contains("@1.png", run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);

        Assert.Equal(ExitCode.SomeInputsFailed, run.Run("evaluate", "prompts", "--data", "@data.tsv", "-m", "fake", "--keep-going"));
        Assert.Contains("left out: @1.png", run.Error, StringComparison.Ordinal);
        Assert.Contains("1 objects of 1 images", run.Output, StringComparison.Ordinal);
        Assert.Contains("Note: 1 left out", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_of_another_size_are_a_clear_fault()
    {
        using var run = new ToolRun();
        WriteData(run, images: 1);
        TestImages.WriteSquare(run.File("0.png"), 20, 20);

        Assert.Equal(ExitCode.SomeInputsFailed, run.Run("evaluate", "prompts", "--data", "@data.tsv", "-m", "fake"));
        Assert.Contains("the image is 20x20, but its labels are 48x32", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--measure", "smell", "--measure takes")]
    [InlineData("--set", "moon", "has no such set; it has shapes")]
    [InlineData("--name", "a", "")]
    [InlineData("--confidence", "1", "--confidence must lie between")]
    [InlineData("--resamples", "-1", "--resamples must be")]
    [InlineData("--clicks", "0", "--clicks must be")]
    public void What_cannot_be_followed_is_refused_before_any_work(string option, string value, string reason)
    {
        using var run = new ToolRun();
        WriteData(run, images: 1);

        var code = run.Run("evaluate", "prompts", "--data", "@data.tsv", "-m", "fake", option, value);

        Assert.Equal(reason.Length == 0 ? ExitCode.Ok : ExitCode.Usage, code);
        Assert.Contains(reason, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_report_into_a_folder_that_is_not_there_is_refused_before_any_work()
    {
        using var run = new ToolRun();

        Assert.Equal(ExitCode.Output, run.Run("evaluate", "prompts", "--data", "@data.tsv", "--report", "@nowhere/page.html"));
        Assert.Empty(run.Models.Requests);
    }

    private static void WriteData(ToolRun run, int images)
    {
        var rows = new List<string> { "set\tkind\timage\tlabels" };
        for (var i = 0; i < images; i++)
        {
            TestImages.WriteSquare(run.File($"{i}.png"));
            var image = TestImages.Square();
            var labels = Enumerable.Range(0, 48 * 32).Select(at => image.Pixels[3 * at] > 127 ? 1 : 0).ToArray();
            ImageWriter.WritePng(new LabelMap(new ImageSize(48, 32), labels), run.File($"{i}.labels.png"));
            rows.Add($"shapes\tclasses\t{i}.png\t{i}.labels.png");
        }

        File.WriteAllLines(run.File("data.tsv"), rows);
    }
}
