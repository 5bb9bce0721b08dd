using Maskwright.Networks.Seedling;
using Xunit;

namespace Maskwright.Cli.Tests.Training;

public class BackboneDistillationTests
{
    private const string Recipe = $"network: seedling\n{PaintedData.SeedlingStep}";

    [Fact]
    public void An_encoder_follows_another_backbone_and_a_seedling_comes_out()
    {
        using var run = Run(Recipe);

        Assert.Equal(ExitCode.Ok, run.Run("train", "--recipe", "@recipe.yaml", "--data", "@data", "--output", "@run", "--set", "distillation.backbone=seedling"));
        Assert.Equal(ExitCode.Ok, run.Run("train", "export", "@run", "--output", "@led.safetensors", "--float32"));

        Assert.Contains("\"backbone_error\":", File.ReadAllText(run.File("run", "log.jsonl")), StringComparison.Ordinal);
        using var segmenter = SeedlingSegmenter.Load(run.File("led.safetensors"));
    }

    [Fact]
    public void Runs_with_and_without_another_backbone_have_a_mean()
    {
        using var run = Run(Recipe);

        Assert.Equal(ExitCode.Ok, run.Run("train", "--recipe", "@recipe.yaml", "--data", "@data", "--output", "@alone"));
        Assert.Equal(ExitCode.Ok, run.Run("train", "--recipe", "@recipe.yaml", "--data", "@data", "--output", "@run", "--set", "distillation.backbone=seedling"));

        Assert.Equal(ExitCode.Ok, run.Run("train", "export", "@alone", "@run", "--output", "@mean.safetensors"));
        using var segmenter = SeedlingSegmenter.Load(run.File("mean.safetensors"));
    }

    [Fact]
    public void What_holds_no_residual_network_is_refused_by_name()
    {
        using var run = Run(Recipe);
        using (var first = SeedlingInitialisation.Create(SeedlingConfig.First, 1))
        {
            SeedlingWeights.Save(run.File("first.safetensors"), first, SeedlingConfig.First);
        }

        Assert.Equal(ExitCode.Usage, run.Run("train", "--recipe", "@recipe.yaml", "--data", "@data", "--output", "@run", "--set", $"distillation.backbone={run.File("first.safetensors")}"));
        Assert.Contains("first.safetensors holds no residual network", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Networks_that_can_begin_in_a_backbone_do_not_follow_one()
    {
        using var run = Run(PaintedData.Recipe);

        Assert.Equal(ExitCode.Usage, run.Run("train", "--recipe", "@recipe.yaml", "--data", "@data", "--output", "@run", "--set", "distillation.backbone=seedling"));
        Assert.Contains("distillation.backbone is for seedling, not for unet", run.Error, StringComparison.Ordinal);
    }

    private static ToolRun Run(string recipe)
    {
        var run = new ToolRun();
        PaintedData.Write(run, 2);
        File.WriteAllText(run.File("recipe.yaml"), recipe);
        return run;
    }
}
