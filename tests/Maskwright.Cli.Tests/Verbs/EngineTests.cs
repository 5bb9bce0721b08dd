using Maskwright.Testing;
using Xunit;

namespace Maskwright.Cli.Tests.Verbs;

/// <summary>Networks run on either engine, from the same command line to the same masks.</summary>
public class EngineTests
{
    [Fact]
    public void Both_engines_find_the_same_masks()
    {
        var model = Goldens.Open("sam_tiny", "tiny_sam.safetensors");
        using var run = new ToolRun { UsesRealModels = true };
        TestImages.WriteSquare(run.File("cup.png"), 48, 32);

        string Segment(string engine)
        {
            Assert.Equal(ExitCode.Ok, run.Run("segment", "@cup.png", "--point", "24,16", "--multimask", "--model", model, "--engine", engine, "--no-cache", "--output", $"@{engine}"));
            return string.Concat(run.Files(engine).Where(file => file.EndsWith(".png", StringComparison.Ordinal)).Select(file => Convert.ToHexString(File.ReadAllBytes(run.File(engine, file)))));
        }

        Assert.Equal(Segment("onnx"), Segment("torch"));
    }

    [Fact]
    public void A_model_without_a_network_takes_no_engine()
    {
        using var run = new ToolRun { UsesRealModels = true };
        TestImages.WriteSquare(run.File("cup.png"), 48, 32);

        Assert.Equal(ExitCode.Usage, run.Run("everything", "@cup.png", "--model", "classic", "--engine", "torch", "--output", "@masks"));
        Assert.Contains("classic runs no network", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_device_that_libtorch_does_not_have_is_an_error()
    {
        var model = Goldens.Open("sam_tiny", "tiny_sam.safetensors");
        using var run = new ToolRun { UsesRealModels = true };
        TestImages.WriteSquare(run.File("cup.png"), 48, 32);

        Assert.Equal(ExitCode.Device, run.Run("segment", "@cup.png", "--point", "24,16", "--model", model, "--engine", "torch", "--device", "cuda:77", "--output", "@masks"));
        Assert.Contains("cuda:77", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_engine_that_nobody_knows_is_a_mistake()
    {
        using var run = new ToolRun();

        Assert.Equal(ExitCode.Usage, run.Run("everything", "@cup.png", "--engine", "abacus"));
    }
}
