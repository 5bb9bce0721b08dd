using System.Text.Json;
using Maskwright.Formats.Images;
using Maskwright.Formats.Npy;
using Maskwright.Images;
using Maskwright.Masks;
using Xunit;

namespace Maskwright.Cli.Tests.Verbs;

public class SegmentVerbTests
{
    [Fact]
    public void One_click_gives_the_best_of_the_models_masks()
    {
        using var run = Prepared();

        Assert.Equal(ExitCode.Ok, run.Run("segment", "@cup.png", "--point", "24,16", "--output", "@masks", "--json"));

        using var line = JsonDocument.Parse(run.Output);
        var mask = Assert.Single(line.RootElement.GetProperty("masks").EnumerateArray());
        Assert.Equal(0.7, mask.GetProperty("predicted_iou").GetDouble(), 6);
        Assert.Equal([12, 8, 24, 16], mask.GetProperty("bbox").EnumerateArray().Select(value => value.GetInt32()));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void One_click_asks_for_several_masks_only_where_the_model_prefers_it(bool prefers)
    {
        using var run = new ToolRun { Models = new FakeModels { PrefersReadings = prefers } };
        TestImages.WriteSquare(run.File("cup.png"), 48, 32);

        Assert.Equal(ExitCode.Ok, run.Run("segment", "@cup.png", "--point", "24,16", "--output", "@masks"));

        Assert.Equal([prefers], run.Models.AskedForSeveral);
    }

    [Fact]
    public void Multimask_gives_them_all_best_first()
    {
        using var run = Prepared();

        run.Run("segment", "@cup.png", "--box", "10,5,40,30", "--multimask", "--output", "@masks", "--json");

        using var line = JsonDocument.Parse(run.Output);
        Assert.Equal([0.7, 0.6, 0.5], line.RootElement.GetProperty("masks").EnumerateArray().Select(mask => Math.Round(mask.GetProperty("predicted_iou").GetDouble(), 6)));
    }

    [Fact]
    public void Objects_keep_their_order_and_their_names()
    {
        using var run = Prepared();

        Assert.Equal(
            ExitCode.Ok,
            run.Run("segment", "@cup.png", "--object", "cup", "--box", "10,5,40,30", "--point", "1,1,0", "--object", "spoon", "--point", "24,16", "--output", "@masks", "--json"));

        using var line = JsonDocument.Parse(run.Output);
        Assert.Equal(["cup", "spoon"], line.RootElement.GetProperty("masks").EnumerateArray().Select(mask => mask.GetProperty("label").GetString()));
    }

    [Fact]
    public void Several_boxes_are_several_objects()
    {
        using var run = Prepared();

        Assert.Equal(ExitCode.Ok, run.Run("segment", "@cup.png", "--box", "10,5,40,30", "--box=0,0,9,9", "--output", "@masks"));
        Assert.Equal(["cup.overlay.png", "cup/0.png", "cup/1.png", "cup/metadata.csv"], run.Files("masks"));
    }

    [Fact]
    public void A_point_outside_the_image_fails_this_image_and_names_both()
    {
        using var run = Prepared();
        TestImages.WriteSquare(run.File("large.png"), 480, 320);

        Assert.Equal(ExitCode.SomeInputsFailed, run.Run("segment", "@cup.png", "@large.png", "--point", "400,300", "--output", "@masks"));
        Assert.Contains("@cup.png: The point (400, 300) lies outside the image of 48x32", run.Error, StringComparison.Ordinal);
        Assert.Contains("large.overlay.png", run.Files("masks"));
    }

    [Theory]
    [InlineData("--point", "NaN,3")]
    [InlineData("--point", "3")]
    [InlineData("--box", "3,3,2,2")]
    [InlineData("--multimask", "--force")]
    public void Prompts_that_cannot_be_read_are_mistakes_of_usage(string option, string value)
    {
        using var run = Prepared();

        Assert.Equal(ExitCode.Usage, run.Run("segment", "@cup.png", "--output", "@masks", option, value));
        Assert.False(Directory.Exists(run.File("masks")));
    }

    [Fact]
    public void A_negative_coordinate_is_a_coordinate_not_an_option()
    {
        using var run = Prepared();

        Assert.Equal(ExitCode.SomeInputsFailed, run.Run("segment", "@cup.png", "--point", "-5,3", "--output", "@masks"));
        Assert.Contains("The point (-5, 3) lies outside", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_earlier_mask_becomes_a_hint_on_the_models_canvas()
    {
        using var run = Prepared();
        ImageWriter.WritePng(TestImages.Square(), run.File("mask.png"));

        Assert.Equal(ExitCode.Ok, run.Run("segment", "@cup.png", "--mask", "@mask.png", "--point", "24,16", "--output", "@masks"));

        var hint = Assert.Single(run.Models.Prompts).MaskHint;
        Assert.NotNull(hint);
        Assert.Equal((256, 256, 1024), (hint.Width, hint.Height, hint.Frame.UsedSize.Width));
        Assert.Equal(683, hint.Frame.UsedSize.Height); // 32 * 1024 / 48, rounded
        Assert.True(hint.Values.Span[(85 * 256) + 128] > 0);
        Assert.True(hint.Values.Span[0] < 0);
        Assert.True(hint.Values.Span[(255 * 256) + 128] < 0);
    }

    [Fact]
    public void Logits_of_a_file_are_taken_as_they_are()
    {
        using var run = Prepared();
        NpyWriter.Write<float>(run.File("logits.npy"), Enumerable.Range(0, 256 * 256).Select(i => (float)i).ToArray(), 1, 256, 256);

        Assert.Equal(ExitCode.Ok, run.Run("segment", "@cup.png", "--mask", "@logits.npy", "--point", "24,16", "--output", "@masks"));
        Assert.Equal(65535f, Assert.Single(run.Models.Prompts).MaskHint!.Values.Span[65535]); // the hint was given
    }

    [Fact]
    public void A_mask_of_another_size_is_refused()
    {
        using var run = Prepared();
        TestImages.WriteSquare(run.File("mask.png"), 50, 50);

        Assert.Equal(ExitCode.SomeInputsFailed, run.Run("segment", "@cup.png", "--mask", "@mask.png", "--output", "@masks"));
        Assert.Contains("the mask is 50x50, but the image is 48x32", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_real_default_model_finds_what_is_clicked()
    {
        using var run = new ToolRun { UsesRealModels = true };
        TestImages.WriteSquare(run.File("cup.png"), 96, 64);

        Assert.Equal(ExitCode.Ok, run.Run("segment", "@cup.png", "--point", "48,32", "--output", "@masks", "--json"));
        using var line = JsonDocument.Parse(run.Output);
        Assert.InRange(line.RootElement.GetProperty("masks")[0].GetProperty("area").GetInt32(), 1400, 1700);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Looks_closer_unless_told_not_to(bool looksCloser)
    {
        using var run = Prepared();

        Assert.Equal(ExitCode.Ok, run.Run(["segment", "@cup.png", "--point", "24,16", "--output", "@masks", .. looksCloser ? Array.Empty<string>() : ["--no-closer-look"]]));
        Assert.Equal(looksCloser, Assert.Single(run.Models.Requests).LooksCloser);
    }

    [Fact]
    public void The_real_default_model_looks_closer_at_what_is_small_in_a_large_image()
    {
        const int X = 1225, Y = 629, Reach = 25, Arm = 6; // a cross
        using var run = new ToolRun { UsesRealModels = true };
        var (pixels, truth) = (new byte[2000 * 1500 * 3], new BinaryMask(2000, 1500));
        for (var i = 0; i < pixels.Length / 3; i++)
        {
            var (x, y) = (i % truth.Width, i / truth.Width);
            var (across, down) = (Math.Abs(x - X), Math.Abs(y - Y));
            truth[x, y] = Math.Max(across, down) < Reach && Math.Min(across, down) < Arm;
            (pixels[i * 3], pixels[(i * 3) + 1], pixels[(i * 3) + 2]) = truth[x, y] ? ((byte)230, (byte)200, (byte)40) : ((byte)20, (byte)30, (byte)90);
        }

        ImageWriter.WritePng(new RgbImage(truth.Width, truth.Height, pixels), run.File("chip.png"));
        double Iou(params string[] options)
        {
            Assert.Equal(ExitCode.Ok, run.Run(["segment", "@chip.png", "--box", "1200,604,1250,654", "--output", "@masks", "--overwrite", .. options]));
            return RunLengthMask.FromMask(MaskImageReader.ReadMask(run.File("masks/chip/0.png"))).Iou(RunLengthMask.FromMask(truth));
        }

        var (whole, closer) = (Iou("--no-closer-look"), Iou());

        Assert.InRange(closer, 0.9, 1);
        Assert.True(closer > whole, $"{whole} from afar, {closer} from near");
    }

    private static ToolRun Prepared()
    {
        var run = new ToolRun();
        TestImages.WriteSquare(run.File("cup.png"));
        return run;
    }
}
