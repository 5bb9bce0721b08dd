using System.Text.Json;
using Xunit;

namespace Maskwright.Cli.Tests.Verbs;

public class EverythingVerbTests
{
    [Fact]
    public void Writes_masks_and_an_overlay_beside_them()
    {
        using var run = new ToolRun();
        TestImages.WriteSquare(run.File("cup.png"));

        var code = run.Run("everything", "@cup.png", "--output", "@masks");

        Assert.Equal(ExitCode.Ok, code);
        Assert.Equal(["cup.overlay.png", "cup/0.png", "cup/1.png", "cup/metadata.csv"], run.Files("masks"));
        Assert.StartsWith("@cup.png: 2 masks in ", run.Output, StringComparison.Ordinal);
        Assert.Contains("@masks/cup", run.Output, StringComparison.Ordinal);
        Assert.Empty(run.Error);
    }

    [Fact]
    public void The_flags_of_amg_py_work_under_their_own_names()
    {
        using var run = new ToolRun();
        TestImages.WriteSquare(run.File("in", "cup.png"));

        var code = run.Run(
            "everything", "--input", "@in", "--output", "@out", "--model-type", "vit_b", "--checkpoint", "sam.pth", "--device", "cpu", "--convert-to-rle",
            "--points-per-side", "16", "--points-per-batch", "32", "--pred-iou-thresh", "0.8", "--stability-score-thresh", "0.9", "--stability-score-offset", "0.5",
            "--box-nms-thresh", "0.6", "--crop-n-layers", "1", "--crop-nms-thresh", "0.5", "--crop-overlap-ratio", "0.25", "--crop-n-points-downscale-factor", "2",
            "--min-mask-region-area", "100");

        Assert.Equal(ExitCode.Ok, code);
        Assert.Equal(["cup.json", "cup.overlay.png"], run.Files("out"));
        var request = Assert.Single(run.Models.Requests);
        Assert.Equal(("sam.pth", "vit_b", "cpu"), (request.Name, request.RequiredType, request.Device));
        var settings = Assert.Single(run.Models.Settings);
        Assert.Equal((16, 32, 0.8, 0.9, 0.5), (settings.PointsPerSide, settings.PointsPerBatch, settings.PredIouThreshold, settings.StabilityScoreThreshold, settings.StabilityScoreOffset));
        Assert.Equal((0.6, 1, 0.5, 0.25, 2, 100), (settings.BoxNmsThreshold, settings.CropLayers, settings.CropNmsThreshold, settings.CropOverlapRatio, settings.CropPointsDownscaleFactor, settings.MinMaskRegionArea));
    }

    [Fact]
    public void A_budget_alone_goes_on_through_the_grid_as_far_as_the_time_allows()
    {
        using var run = new ToolRun();
        TestImages.WriteSquare(run.File("cup.png"));

        var code = run.Run("everything", "@cup.png", "--output", "@out", "--budget", "2.5");

        Assert.Equal(ExitCode.Ok, code);
        var settings = Assert.Single(run.Models.Settings);
        Assert.True(settings.IsAdaptive);
        Assert.Equal((TimeSpan.FromSeconds(2.5), 1.0), (settings.Budget, settings.OverAdaptive(new()).PointShare));
    }

    [Theory]
    [InlineData("--json", "\"points_asked\":")]
    [InlineData("--no-overlay", " of 256 points asked")]
    public void Says_what_an_adaptive_run_covered(string option, string expected)
    {
        using var run = new ToolRun { UsesRealModels = true };
        TestImages.WriteSquare(run.File("cup.png"));

        var code = run.Run("everything", "@cup.png", "--output", "@out", "--adaptive", "--points-per-side", "16", option);

        Assert.Equal(ExitCode.Ok, code);
        Assert.Contains(expected, run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--budget", "0", "--budget")]
    [InlineData("--budget", "1e300", "--budget")]
    [InlineData("--point-share", "1.5", "--point-share")]
    public void Adaptive_settings_out_of_range_are_refused(string option, string value, string named)
    {
        using var run = new ToolRun();

        Assert.Equal(ExitCode.Usage, run.Run("everything", "@cup.png", option, value));
        Assert.Contains(named, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Crops_and_a_choice_of_points_exclude_each_other()
    {
        using var run = new ToolRun();

        Assert.Equal(ExitCode.Usage, run.Run("everything", "@cup.png", "--adaptive", "--crop-n-layers", "1"));
        Assert.Contains("--crop-n-layers must be 0", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_out_of_range_are_all_named_at_once_by_their_options()
    {
        using var run = new ToolRun();

        var code = run.Run("everything", "@cup.png", "--points-per-side", "0", "--box-nms-thresh", "1.5");

        Assert.Equal(ExitCode.Usage, code);
        Assert.Contains("--points-per-side must be", run.Error, StringComparison.Ordinal);
        Assert.Contains("--box-nms-thresh must be", run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Theory]
    [InlineData("--points-per-side", "many")]
    [InlineData("--pred-iou-thresh", "NaN")]
    [InlineData("--pred-iou-thresh", "1,5")]
    [InlineData("--max-pixels", "0")]
    [InlineData("--format", "paper")]
    [InlineData("--pointsperside", "3")]
    [InlineData("--model-type", "vit_x")]
    public void A_command_line_that_cannot_be_followed_is_refused(string option, string value)
    {
        using var run = new ToolRun();
        TestImages.WriteSquare(run.File("cup.png"));

        Assert.Equal(ExitCode.Usage, run.Run("everything", "@cup.png", "--output", "@masks", option, value));
        Assert.NotEmpty(run.Error);
        Assert.Empty(run.Files("masks"));
    }

    [Fact]
    public void A_broken_file_among_good_ones_keeps_none_of_them_from_being_done()
    {
        using var run = new ToolRun();
        TestImages.WriteSquare(run.File("in", "a.png"));
        TestImages.WriteSquare(run.File("in", "z.png"));
        File.WriteAllText(run.File("in", "empty.png"), string.Empty);
        File.WriteAllText(run.File("in", "mislabelled.jpg"), "no image at all");
        var whole = File.ReadAllBytes(run.File("in", "a.png"));
        File.WriteAllBytes(run.File("in", "truncated.png"), whole[..(whole.Length / 2)]);

        var code = run.Run("everything", "@in", "--output", "@masks");

        Assert.Equal(ExitCode.SomeInputsFailed, code);
        Assert.Equal(["a.overlay.png", "a/0.png", "a/1.png", "a/metadata.csv", "z.overlay.png", "z/0.png", "z/1.png", "z/metadata.csv"], run.Files("masks"));
        Assert.All(["empty.png", "mislabelled.jpg", "truncated.png"], name => Assert.Contains($"maskwright: @in/{name}: ", run.Error, StringComparison.Ordinal));
        Assert.Contains("5 images: 2 done, 3 failed", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void An_image_over_the_limit_is_refused_before_it_is_decoded()
    {
        using var run = new ToolRun();
        TestImages.WriteSquare(run.File("cup.png"));

        Assert.Equal(ExitCode.SomeInputsFailed, run.Run("everything", "@cup.png", "--output", "@masks", "--max-pixels", "1000"));
        Assert.Contains("@cup.png", run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(run.File("masks")));
    }

    [Fact]
    public void An_input_that_is_not_there_is_named_and_the_others_are_done()
    {
        using var run = new ToolRun();
        TestImages.WriteSquare(run.File("cup.png"));

        Assert.Equal(ExitCode.SomeInputsFailed, run.Run("everything", "@gone.png", "@cup.png", "--output", "@masks"));
        Assert.Contains("@gone.png: no such file or folder", run.Error, StringComparison.Ordinal);
        Assert.NotEmpty(run.Files("masks"));
    }

    [Fact]
    public void No_input_is_a_mistake_of_usage()
    {
        using var run = new ToolRun();

        Assert.Equal(ExitCode.Usage, run.Run("everything"));
        Assert.Contains("no input", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Earlier_results_are_kept_before_any_work_unless_told_otherwise()
    {
        var looks = 0;
        using var run = new ToolRun { Models = new FakeModels { OnImage = _ => looks++ } };
        TestImages.WriteSquare(run.File("cup.png"));
        run.Run("everything", "@cup.png", "--output", "@masks");

        Assert.Equal(ExitCode.SomeInputsFailed, run.Run("everything", "@cup.png", "--output", "@masks"));
        Assert.Contains("--overwrite", run.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Ok, run.Run("everything", "@cup.png", "--output", "@masks", "--skip-existing"));
        Assert.Contains("left out", run.Output, StringComparison.Ordinal);
        Assert.Equal(1, looks);
        Assert.Equal(ExitCode.Ok, run.Run("everything", "@cup.png", "--output", "@masks", "--overwrite"));
        Assert.Equal(2, looks);
    }

    [Fact]
    public void Json_is_one_line_an_image_and_nothing_else_on_standard_output()
    {
        using var run = new ToolRun();
        TestImages.WriteSquare(run.File("in", "a.png"));
        File.WriteAllText(run.File("in", "b.png"), "broken");

        Assert.Equal(ExitCode.SomeInputsFailed, run.Run("everything", "@in", "--output", "@masks", "--json", "--format", "amg,amg-json"));

        var lines = run.OutputLines.Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(["done", "failed"], lines.Select(line => line.GetProperty("status").GetString()));
        Assert.Equal(2, lines[0].GetProperty("masks").GetArrayLength());
        Assert.Equal(3, lines[0].GetProperty("files").GetArrayLength());
        Assert.Equal("pred_iou_thresh", lines[0].GetProperty("stages")[0].GetProperty("name").GetString());
        Assert.Contains("b.png", lines[1].GetProperty("reason").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Quiet_says_nothing_when_all_goes_well()
    {
        using var run = new ToolRun { IsTerminal = true };
        TestImages.WriteSquare(run.File("cup.png"));

        Assert.Equal(ExitCode.Ok, run.Run("everything", "@cup.png", "--output", "@masks", "--quiet"));
        Assert.Empty(run.Output);
        Assert.Empty(run.Error);
    }

    [Fact]
    public void A_pipe_gets_lines_without_colours_or_bars()
    {
        using var run = new ToolRun();
        TestImages.WriteSquare(run.File("cup.png"));

        run.Run("everything", "@cup.png", "--output", "@masks");

        Assert.Single(run.OutputLines);
        Assert.DoesNotContain('\x1b', run.Output + run.Error);
        Assert.DoesNotContain('\r', run.Output + run.Error);
    }

    [Fact]
    public void An_image_without_masks_is_no_failure_and_the_reason_is_told()
    {
        using var run = new ToolRun { Models = new FakeModels { Masks = 0 } };
        TestImages.WriteSquare(run.File("cup.png"));

        Assert.Equal(ExitCode.Ok, run.Run("everything", "@cup.png", "--output", "@masks", "--format", "amg-json"));
        Assert.Contains("pred_iou_thresh 3 -> 0", run.Error, StringComparison.Ordinal);
        Assert.Contains("0.5 would keep 3.", run.Error, StringComparison.Ordinal);
        Assert.Equal("[]", File.ReadAllText(run.File("masks", "cup.json")));
    }

    [Fact]
    public void A_run_that_would_not_fit_into_memory_is_refused_unless_forced()
    {
        using var run = new ToolRun { AvailableBytes = 100_000, Models = new FakeModels { PeakBytes = 1_000_000 } };
        TestImages.WriteSquare(run.File("cup.png"));

        Assert.Equal(ExitCode.Memory, run.Run("everything", "@cup.png", "--output", "@masks"));
        Assert.Contains("--force", run.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Ok, run.Run("everything", "@cup.png", "--output", "@masks", "--force"));
    }

    [Fact]
    public void Ctrl_C_between_images_leaves_whole_results_only()
    {
        using var stop = new CancellationTokenSource();
        using var run = new ToolRun { Token = stop.Token, Models = new FakeModels { OnImage = image => CancelAtTheSecond(image, stop) } };
        TestImages.WriteSquare(run.File("in", "a.png"), 40);
        TestImages.WriteSquare(run.File("in", "b.png"), 50);
        TestImages.WriteSquare(run.File("in", "c.png"), 60);

        Assert.Equal(ExitCode.Interrupted, run.Run("everything", "@in", "--output", "@masks"));
        Assert.Equal(["a.overlay.png", "a/0.png", "a/1.png", "a/metadata.csv"], run.Files("masks"));
        Assert.Contains("stopped", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fault_of_the_tool_itself_is_told_apart()
    {
        using var run = new ToolRun { Models = new FakeModels { OnImage = _ => throw new InvalidOperationException("broken inside") } };
        TestImages.WriteSquare(run.File("cup.png"));

        Assert.Equal(ExitCode.Internal, run.Run("everything", "@cup.png", "--output", "@masks"));
        Assert.Contains("a fault in Maskwright itself", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_output_folder_that_cannot_be_made_is_found_before_the_work()
    {
        var looks = 0;
        using var run = new ToolRun { Models = new FakeModels { OnImage = _ => looks++ } };
        TestImages.WriteSquare(run.File("cup.png"));
        File.WriteAllText(run.File("file"), "in the way");

        Assert.Equal(ExitCode.Output, run.Run("everything", "@cup.png", "--output", "@file/masks"));
        Assert.Equal(0, looks);
    }

    [Fact]
    public void The_overlay_is_drawn_in_the_terminal_when_asked()
    {
        using var run = new ToolRun { Variables = { ["TERM"] = "xterm-256color" } };
        TestImages.WriteSquare(run.File("cup.png"));

        Assert.Equal(ExitCode.Ok, run.Run("everything", "@cup.png", "--output", "@masks", "--show", "--no-overlay"));
        Assert.Contains("\x1b[38;2;", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("cup.overlay.png", run.Files("masks"));
    }

    [Fact]
    public void The_real_default_model_finds_the_square_without_weights_or_network()
    {
        using var run = new ToolRun { UsesRealModels = true, Variables = { ["HF_HUB_OFFLINE"] = "1" } };
        TestImages.WriteSquare(run.File("cup.png"), 96, 64);

        Assert.Equal(ExitCode.Ok, run.Run("everything", "@cup.png", "--output", "@masks", "--format", "amg-json"));
        using var json = JsonDocument.Parse(File.ReadAllText(run.File("masks", "cup.json")));
        Assert.Contains(json.RootElement.EnumerateArray(), mask => Math.Abs(mask.GetProperty("area").GetInt32() - (48 * 32)) < 100);
    }

    [Theory]
    [InlineData("slimsam-77", "maskwright models pull slimsam-77")]
    [InlineData("slimsam-7", "did you mean slimsam-77")]
    [InlineData("facebook/sam-vit-base", "maskwright models pull sam-vit-b")]
    [InlineData("nobody/nothing", "maskwright models pull nobody/nothing")]
    public void A_model_that_is_not_here_names_the_command_that_gets_it(string model, string advice)
    {
        using var run = new ToolRun { UsesRealModels = true };
        TestImages.WriteSquare(run.File("cup.png"));

        Assert.Equal(ExitCode.Model, run.Run("everything", "@cup.png", "--output", "@masks", "--model", model));
        Assert.Contains(advice, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cuda")]
    [InlineData("gpu")]
    public void A_device_that_is_not_there_fails_loudly(string device)
    {
        using var run = new ToolRun { UsesRealModels = true };
        TestImages.WriteSquare(run.File("cup.png"));

        Assert.Equal(ExitCode.Device, run.Run("everything", "@cup.png", "--output", "@masks", "--device", device));
        Assert.Contains($"'{device}'", run.Error, StringComparison.Ordinal);
    }

    private static void CancelAtTheSecond(Images.RgbImage image, CancellationTokenSource stop)
    {
        if (image.Width == 50)
        {
            stop.Cancel();
        }
    }
}
