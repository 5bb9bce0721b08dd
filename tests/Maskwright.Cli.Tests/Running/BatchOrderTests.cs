using Xunit;

namespace Maskwright.Cli.Tests.Running;

public class BatchOrderTests
{
    [Fact]
    public void Lines_come_in_the_order_of_the_inputs_with_failures_in_their_place()
    {
        using var run = new ToolRun();
        foreach (var name in (string[])["a.png", "c.png", "d.png"])
        {
            TestImages.WriteSquare(run.File("in", name));
        }

        File.WriteAllText(run.File("in", "b.png"), "this is no image");

        var code = run.Run("everything", "@in", "--output", "@out", "--json", "--no-overlay");

        Assert.Equal(ExitCode.SomeInputsFailed, code);
        Assert.Equal(["a.png done", "b.png failed", "c.png done", "d.png done"], run.OutputLines.Select(Summary));
    }

    [Fact]
    public void What_was_found_before_a_stop_is_written_and_told()
    {
        using var stop = new CancellationTokenSource();
        var images = 0;
        using var run = new ToolRun
        {
            Token = stop.Token,
            Models = new FakeModels
            {
                OnImage = _ =>
                {
                    if (++images == 2)
                    {
                        stop.Cancel();
                    }
                },
            },
        };
        TestImages.WriteSquare(run.File("in", "a.png"));
        TestImages.WriteSquare(run.File("in", "b.png"));

        var code = run.Run("everything", "@in", "--output", "@out", "--json", "--no-overlay");

        Assert.Equal(ExitCode.Interrupted, code);
        Assert.Equal(["a.png done"], run.OutputLines.Select(Summary));
        Assert.Equal(["a/0.png", "a/1.png", "a/metadata.csv"], run.Files("out"));
    }

    private static string Summary(string line)
    {
        using var json = System.Text.Json.JsonDocument.Parse(line);
        return $"{Path.GetFileName(json.RootElement.GetProperty("input").GetString()!.TrimStart('@'))} {json.RootElement.GetProperty("status").GetString()}";
    }
}
