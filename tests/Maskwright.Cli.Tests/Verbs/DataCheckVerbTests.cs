using System.Text.Json;
using Maskwright.Formats.Images;
using Xunit;

namespace Maskwright.Cli.Tests.Verbs;

public class DataCheckVerbTests
{
    [Fact]
    public void A_sound_data_set_passes_and_is_shown()
    {
        using var run = new ToolRun();
        WriteDataset(run, "train", "a.png", Square);

        Assert.Equal(ExitCode.Ok, run.Run("data", "check", "@train.json", "--images", "@train", "--output", "@out"));

        Assert.Contains(run.OutputLines, line => line.StartsWith("Nothing wrong was found in 1 image, 1 object", StringComparison.Ordinal));
        Assert.Equal(["contact-sheet.png", "findings.json"], run.Files("out"));
        Assert.True(ImageReader.Read(run.File("out", "contact-sheet.png")).Height > 240);
    }

    [Fact]
    public void Findings_are_listed_worst_kinds_first_and_end_with_exit_code_1()
    {
        using var run = new ToolRun();
        WriteDataset(run, "train", "a.png", "[[10,5,30,25,30,5,10,25]]");
        File.Delete(run.File("train", "a.png"));

        Assert.Equal(ExitCode.SomeInputsFailed, run.Run("data", "check", "@train.json", "--images", "@train", "--output", "@out"));

        Assert.Contains("error: missing_image (1)", run.OutputLines);
        Assert.Contains("  a.png (object 1): the outline of a thing crosses itself at 20, 15", run.OutputLines);
        Assert.Equal(["findings.json"], run.Files("out"));
    }

    [Fact]
    public void A_copy_in_the_validation_set_is_leakage()
    {
        using var run = new ToolRun();
        WriteDataset(run, "train", "a.png", Square);
        WriteDataset(run, "val", "b.png", Square);

        Assert.Equal(ExitCode.SomeInputsFailed, run.Run("data", "check", "train=" + run.File("train.json"), "val=" + run.File("val.json"), "--images", "train=" + run.File("train"), "val=" + run.File("val"), "--output", "@out", "--json"));

        using var json = JsonDocument.Parse(run.Output);
        var leakage = json.RootElement.GetProperty("findings").EnumerateArray().Single(finding => finding.GetProperty("kind").GetString() == "leakage");
        Assert.Equal(("b.png", "val", "a.png", "train"), (Text(leakage, "image"), Text(leakage, "part"), Text(leakage, "other_image"), Text(leakage, "other_part")));
        Assert.Equal(run.Output.TrimEnd(), File.ReadAllText(run.File("out", "findings.json")).TrimEnd());
    }

    [Fact]
    public void Malformed_entries_are_findings_and_the_rest_is_looked_at()
    {
        using var run = new ToolRun();
        WriteDataset(run, "train", "a.png", Square + "},{\"id\":2,\"image_id\":1,\"category_id\":1,\"area\":4,\"iscrowd\":0,\"bbox\":[1,1,2,2],\"segmentation\":[[1,2]]");

        Assert.Equal(ExitCode.SomeInputsFailed, run.Run("data", "check", "@train.json", "--images", "@train", "--output", "@out"));

        Assert.Contains("error: malformed_entry (1)", run.OutputLines);
        Assert.Contains(run.OutputLines, line => line.StartsWith("1 image, 1 object: 1 error", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("there is no file or folder", "@nothing.json")]
    [InlineData("no part is called 'test'", "@train.json", "--images", "test=.")]
    [InlineData("there is no format 'coca'; did you mean coco?", "@train.json", "--format", "coca")]
    [InlineData("--look-alike is 16", "@train.json", "--look-alike", "16")]
    [InlineData("two data sets would be called 'train'", "@train.json", "@train.json")]
    public void What_cannot_be_meant_is_refused(string message, params string[] words)
    {
        using var run = new ToolRun();
        WriteDataset(run, "train", "a.png", Square);

        Assert.Equal(ExitCode.Usage, run.Run(["data", "check", .. words, "--output", "@out"]));

        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Files("out"));
    }

    private const string Square = "[[12,8,36,8,36,24,12,24]]";

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();

    private static void WriteDataset(ToolRun run, string name, string image, string polygons)
    {
        TestImages.WriteSquare(run.File(name, image));
        File.WriteAllText(run.File($"{name}.json"), $$"""
            {"images":[{"id":1,"width":48,"height":32,"file_name":"{{image}}"}],
             "categories":[{"id":1,"name":"thing"}],
             "annotations":[{"id":1,"image_id":1,"category_id":1,"iscrowd":0,"segmentation":{{polygons}}}]}
            """);
    }
}
