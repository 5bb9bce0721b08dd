using System.Buffers.Binary;
using System.Text.RegularExpressions;
using Maskwright.Formats.Images;
using Xunit;

namespace Maskwright.Cli.Tests.Training;

public partial class TrainReportTests
{
    [Fact]
    public void A_run_writes_its_page_and_events_that_a_foreign_reader_understands()
    {
        using var run = new ToolRun();
        PaintedData.Write(run, 5, "validation: { fraction: 0.4, every: 2 }");

        Assert.Equal(ExitCode.Ok, Train(run));

        var page = File.ReadAllText(run.File("run", "report.html"));
        Assert.Contains("<b>4</b><span>of 4 steps</span>", page, StringComparison.Ordinal);
        Assert.Contains("mean IoU", page, StringComparison.Ordinal);
        Assert.Contains("<td class=\"t\">pixel accuracy</td>", page, StringComparison.Ordinal);
        Assert.Contains(">square</text>", Undecorated().Replace(page, ">square</text>"), StringComparison.Ordinal);
        Assert.Equal(2, Example().Count(page));
        Assert.Contains("network: unet", page, StringComparison.Ordinal);
        Assert.Contains("<dt>fingerprint of the data</dt>", page, StringComparison.Ordinal);
        Assert.DoesNotMatch("(src|href)=\"(?!data:)", page);

        var events = Events(Directory.GetFiles(run.File("run"), "events.out.tfevents.*").Single());
        Assert.Equal("brain.Event:2", events[0].FileVersion);
        var values = events.Where(e => e.Summary is not null).SelectMany(e => e.Summary.Value.Select(value => (e.Step, value))).ToList();
        Assert.Equal([1, 2, 3, 4], values.Where(pair => pair.value.Tag == "training/loss").Select(pair => pair.Step));
        Assert.Equal([2, 4], values.Where(pair => pair.value.Tag == "validation/mean_iou").Select(pair => pair.Step));
        Assert.Contains(values, pair => pair.value.Tag == "validation by class/square");
        var picture = values.First(pair => pair.value.Tag.StartsWith("examples/", StringComparison.Ordinal)).value.Image;
        Assert.Equal((picture.Width, picture.Height), (ImageReader.Read(picture.EncodedImageString.Memory, "example").Width, 64));
    }

    [Fact]
    public void The_page_can_be_made_anew_and_a_run_that_was_resumed_is_one()
    {
        using var run = new ToolRun();
        PaintedData.Write(run, 3);
        Train(run, "--set", "steps=2");
        File.AppendAllText(run.File("run", "log.jsonl"), "{\"step\":3,\"loss\":77777,\"seconds\":9}\n"); // learned, and lost by a kill

        Assert.Equal(ExitCode.Ok, Train(run, "--resume"));
        Assert.Equal(ExitCode.Ok, run.Run("train", "report", "@run", "--output", "@page.html"));

        Assert.Contains("@page.html: open it in a browser", run.Error, StringComparison.Ordinal);
        var page = File.ReadAllText(run.File("page.html"));
        Assert.Contains("<b>4</b><span>of 4 steps</span>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("77", Loss().Match(page).Value, StringComparison.Ordinal);
        Assert.Equal(2, Directory.GetFiles(run.File("run"), "events.out.tfevents.*").Length);
    }

    [Fact]
    public void What_is_no_run_has_no_page()
    {
        using var run = new ToolRun();
        PaintedData.Write(run, 1);

        Assert.Equal(ExitCode.Usage, run.Run("train", "report", "@data"));
        Assert.Contains("@data: is no folder of a training run", run.Error, StringComparison.Ordinal);
        Train(run);
        File.AppendAllText(run.File("run", "log.jsonl"), "{ broken\n");
        Assert.Equal(ExitCode.SomeInputsFailed, run.Run("train", "report", "@run"));
        Assert.Contains("log.jsonl, line 5: is no line of a training log", run.Error, StringComparison.Ordinal);
    }

    private static ExitCode Train(ToolRun run, params string[] more) => run.Run(["train", "--recipe", "@recipe.yaml", "--data", "@data", "--output", "@run", .. more]);

    // TorchSharp carries TensorFlow's own messages.
    private static List<Tensorboard.Event> Events(string path)
    {
        var (file, events) = (File.ReadAllBytes(path), new List<Tensorboard.Event>());
        for (var at = 0; at < file.Length;)
        {
            var length = (int)BinaryPrimitives.ReadUInt64LittleEndian(file.AsSpan(at));
            events.Add(Tensorboard.Event.Parser.ParseFrom(file, at + 12, length));
            at += 16 + length;
        }

        return events;
    }

    [GeneratedRegex("<figure class=\"example\"><img alt=\"photo[0-4].png\" src=\"data:image/jpeg;base64,")]
    private static partial Regex Example();

    [GeneratedRegex(">square<title>square</title></text>")]
    private static partial Regex Undecorated();

    [GeneratedRegex("<h3>Loss</h3>.*?</figure>", RegexOptions.Singleline)]
    private static partial Regex Loss();
}
