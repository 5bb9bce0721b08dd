using Maskwright.Cli.Models;
using Maskwright.Formats.Images;
using Maskwright.Graphs;
using Maskwright.Masks;
using Maskwright.Metrics;
using Xunit;

namespace Maskwright.Cli.Tests.Verbs;

/// <summary>What <c>--precision</c> takes, refuses and chooses.</summary>
public class PrecisionTests
{
    [Theory]
    [InlineData("int8", "torch", "leave --engine torch out")]
    [InlineData("bf16", "onnx", "leave --engine onnx out")]
    public void An_engine_that_cannot_is_refused(string precision, string engine, string advice)
    {
        using var run = new ToolRun { UsesRealModels = true };
        TestImages.WriteSquare(run.File("cup.png"), 48, 32);

        Assert.Equal(ExitCode.Usage, run.Run("segment", "@cup.png", "--point", "24,16", "--precision", precision, "--engine", engine, "--output", "@masks"));
        Assert.Contains(advice, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_without_a_network_is_not_rounded()
    {
        using var run = new ToolRun { UsesRealModels = true };
        TestImages.WriteSquare(run.File("cup.png"), 48, 32);

        Assert.Equal(ExitCode.Usage, run.Run("everything", "@cup.png", "--model", "classic", "--precision", "int8", "--output", "@masks"));
        Assert.Contains("leave --precision out", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("int8")]
    [InlineData("bf16")]
    public void The_default_model_finds_the_same_square(string precision)
    {
        Assert.SkipUnless(precision == "int8" ? ProcessorInstructions.MultipliesBytes : ProcessorInstructions.MultipliesBFloat16, $"The processor does not do {precision}.");
        using var run = new ToolRun { UsesRealModels = true };
        TestImages.WriteSquare(run.File("cup.png"), 160, 120);

        Assert.InRange(MaskOverlap.Of(Segment(run, precision), Segment(run, "fp32")).Iou, 0.95, 1);
    }

    [Fact]
    public void Auto_says_what_it_took()
    {
        using var run = new ToolRun { UsesRealModels = true };
        TestImages.WriteSquare(run.File("cup.png"), 48, 32);

        Assert.Equal(ExitCode.Ok, run.Run("segment", "@cup.png", "--point", "24,16", "--precision", "auto", "--no-cache", "--output", "@masks"));
        Assert.Contains(ProcessorInstructions.MultipliesBytes ? "maskwright: seedling: int8: measured for this model" : "maskwright: seedling: fp32: this processor", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Auto_stays_exact_where_nothing_is_measured()
    {
        var choice = PrecisionChoice.Of(engine: null, ModelPrecision.Auto, "cpu", isMeasured: false);

        Assert.Equal((ModelEngine.Onnx, ModelPrecision.Float32), (choice.Engine, choice.Precision));
        Assert.Contains("not measured", choice.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void A_device_that_cannot_is_refused()
    {
        var fault = Assert.Throws<ToolException>(() => PrecisionChoice.Of(engine: null, ModelPrecision.Int8, "cuda:1", isMeasured: true));

        Assert.Equal(ExitCode.Device, fault.Code);
        Assert.Contains("cuda:1", fault.Message, StringComparison.Ordinal);
    }

    private static BinaryMask Segment(ToolRun run, string precision)
    {
        Assert.Equal(ExitCode.Ok, run.Run("segment", "@cup.png", "--box", "40,30,120,90", "--precision", precision, "--format", "png", "--cache-folder", "@cache", "--output", $"@{precision}"));
        return MaskImageReader.ReadMask(run.File(precision, "cup.mask.png"));
    }
}
