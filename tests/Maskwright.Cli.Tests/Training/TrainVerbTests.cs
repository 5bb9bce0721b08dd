using Maskwright.Graphs.Weights;
using Xunit;

namespace Maskwright.Cli.Tests.Training;

public class TrainVerbTests
{
    [Theory]
    [InlineData("deeplabv3plus-seedling", "deeplab-street", "goes on from deeplab-street, which has another number of classes")]
    [InlineData("unet-seedling", "seedling", "the backbone is that of seedling (built in); all else begins anew")]
    public void A_run_begins_from_a_model_that_comes_with_the_tool(string network, string startFrom, string told)
    {
        using var run = new ToolRun();
        PaintedData.Write(run, 2);

        var code = run.Run("train", "--recipe", "@recipe.yaml", "--data", "@data", "--output", "@run", "--set", $"network={network}", "--set", $"startFrom={startFrom}", "--set", "semantic.sizes={}", "--set", "steps=1");

        Assert.True(code == ExitCode.Ok, run.Error);
        Assert.Contains(told, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_is_judged_and_its_best_weights_are_exported()
    {
        using var run = new ToolRun();
        PaintedData.Write(run, 4, "validation: { data: dev.tsv, every: 2 }");
        PaintedData.WriteTable(run, "dev.tsv", 3, 1);

        var code = run.Run("train", "--recipe", "@recipe.yaml", "--data", "@data", "--output", "@run");

        Assert.Equal(ExitCode.Ok, code);
        Assert.Contains("4 photos, 1 to judge on", run.Error, StringComparison.Ordinal);
        Assert.Contains("judged on 1 images: mean IoU 0.", run.Error, StringComparison.Ordinal);
        Assert.Equal(2, File.ReadAllLines(run.File("run", "validation.jsonl")).Length);
        Assert.Contains("best.safetensors", run.Files("run"));

        Assert.Equal(ExitCode.Ok, run.Run("train", "export", "@run", "--output", "@weights.safetensors"));
        Assert.Contains("best.safetensors", run.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Ok, run.Run("train", "export", "@run", "--latest", "--output", "@weights.safetensors"));
        Assert.Contains("of step 4, from @run/checkpoint.safetensors", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_mean_of_two_runs_is_exported_and_says_of_what_it_is_the_mean()
    {
        using var run = new ToolRun();
        PaintedData.Write(run, 1);
        foreach (var (folder, steps) in ((string, int)[])[("first", 1), ("second", 2)])
        {
            Assert.Equal(ExitCode.Ok, run.Run("train", "--recipe", "@recipe.yaml", "--data", "@data", "--output", $"@{folder}", "--set", $"steps={steps}"));
            Assert.Equal(ExitCode.Ok, run.Run("train", "export", $"@{folder}", "--float32", "--output", $"@{folder}.safetensors"));
        }

        Assert.Equal(ExitCode.Ok, run.Run("train", "export", "@first", "@second", "--float32", "--output", "@mean.safetensors"));

        Assert.Contains("the mean of @first/checkpoint.safetensors, @second/checkpoint.safetensors", run.Error, StringComparison.Ordinal);
        using WeightFile first = WeightFile.Open(run.File("first.safetensors")), second = WeightFile.Open(run.File("second.safetensors")), mean = WeightFile.Open(run.File("mean.safetensors"));
        Assert.Contains(first.Values, tensor => !tensor.ToFloat32().SequenceEqual(second[tensor.Name].ToFloat32()));
        Assert.All(mean.Values, tensor => Assert.Equal(first[tensor.Name].ToFloat32().Zip(second[tensor.Name].ToFloat32(), (a, b) => (float)(((double)a + b) / 2)), tensor.ToFloat32()));
        Assert.Equal("first (step 1), second (step 2)", mean.Metadata["mean_of"]);
        Assert.DoesNotContain("mean_of", second.Metadata.Keys);
    }

    [Fact]
    public void A_run_that_was_not_judged_has_no_best_weights()
    {
        using var run = new ToolRun();
        PaintedData.Write(run, 1, "validation: { fraction: 0.5 }");

        var code = run.Run("train", "--recipe", "@recipe.yaml", "--data", "@data", "--output", "@run");

        Assert.Equal(ExitCode.Ok, code);
        Assert.Contains("1 photos (too few to hold any out, so the run is not judged)", run.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Usage, run.Run("train", "export", "@run", "--best", "--output", "@weights.safetensors"));
        Assert.Contains("there is no best checkpoint", run.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Usage, run.Run("train", "export", "@run", "--best", "--latest"));
    }
}
