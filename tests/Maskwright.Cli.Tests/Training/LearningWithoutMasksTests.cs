using Maskwright.Graphs.Weights;
using Maskwright.Networks.Seedling;
using Xunit;

namespace Maskwright.Cli.Tests.Training;

public class LearningWithoutMasksTests
{
    [Fact]
    public void A_folder_of_photos_warms_an_encoder_up_and_a_seedling_comes_out()
    {
        using var run = new ToolRun();
        WritePhotos(run, $"network: seedling-warmstart\n{PaintedData.SeedlingStep}");

        Assert.Equal(ExitCode.Ok, run.Run("train", "--recipe", "@recipe.yaml", "--data", "@data", "--output", "@run"));
        Assert.Equal(ExitCode.Ok, run.Run("train", "export", "@run", "--output", "@warm.safetensors"));
        Assert.Equal(ExitCode.Ok, run.Run("train", "export", "@run", "--output", "@full.safetensors", "--float32"));

        Assert.Contains("hidden_error", File.ReadAllText(run.File("run", "log.jsonl")), StringComparison.Ordinal);
        using var segmenter = SeedlingSegmenter.Load(run.File("warm.safetensors"));
        using var full = SeedlingSegmenter.Load(run.File("full.safetensors"));
        using var learned = WeightFile.Open(run.File("warm.safetensors"));
        using var before = SeedlingWeights.OpenBuiltIn();
        Assert.Equal(before["decoder.16.masks.weight"].ToFloat32(), learned["decoder.16.masks.weight"].ToFloat32());
    }

    [Fact]
    public void A_folder_of_photos_teaches_what_another_model_says_of_them()
    {
        using var run = new ToolRun { UsesRealModels = true };
        WritePhotos(run, $"network: seedling\n{PaintedData.SeedlingStep}\ndistillation: {{ model: classic, leastQuality: 0.1 }}\ninteraction: {{ promptsPerImage: 4 }}");

        Assert.Equal(ExitCode.Ok, run.Run("train", "--recipe", "@recipe.yaml", "--data", "@data", "--output", "@run"));

        var log = File.ReadAllText(run.File("run", "log.jsonl"));
        Assert.Contains("\"distillation\":", log, StringComparison.Ordinal);
        Assert.DoesNotContain("\"distillation\":\"NaN\"", log, StringComparison.Ordinal);
    }

    [Fact]
    public void A_network_of_classes_cannot_learn_from_a_promptable_model()
    {
        using var run = new ToolRun();
        PaintedData.Write(run, 1, "distillation: { model: classic }");

        Assert.Equal(ExitCode.Usage, run.Run("train", "--recipe", "@recipe.yaml", "--data", "@data", "--output", "@run"));
        Assert.Contains("only a promptable network can learn from one", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_without_masks_is_refused_by_a_recipe_that_needs_some()
    {
        using var run = new ToolRun();
        WritePhotos(run, $"network: seedling\n{PaintedData.SeedlingStep}");

        Assert.Equal(ExitCode.Usage, run.Run("train", "--recipe", "@recipe.yaml", "--data", "@data", "--output", "@run"));
        Assert.Contains("holds no photos with masks", run.Error, StringComparison.Ordinal);
    }

    private static void WritePhotos(ToolRun run, string recipe)
    {
        PaintedData.Write(run, 2);
        File.Delete(run.File("data", "train.tsv"));
        File.Delete(run.File("data", "labels0.png"));
        File.Delete(run.File("data", "labels1.png"));
        File.WriteAllText(run.File("recipe.yaml"), recipe);
    }
}
