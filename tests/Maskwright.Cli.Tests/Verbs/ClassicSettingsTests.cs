using System.Text.Json;
using Xunit;

namespace Maskwright.Cli.Tests.Verbs;

/// <summary>No flag of amg.py is without effect on classic, though it has no grid of its own.</summary>
public class ClassicSettingsTests
{
    [Fact]
    public void Without_settings_it_follows_its_own_regions()
    {
        var masks = Run(out _);

        Assert.NotEmpty(masks);
        Assert.All(masks, mask => Assert.False(mask.TryGetProperty("point_coords", out _)));
    }

    [Fact]
    public void A_setting_of_the_grid_makes_it_answer_a_grid()
    {
        var masks = Run(out var stages, "--points-per-side", "3");

        Assert.Contains("stability_score_thresh", stages);
        Assert.NotEmpty(masks);
        Assert.All(masks, mask => Assert.True(mask.TryGetProperty("point_coords", out _)));
    }

    [Fact]
    public void A_floor_for_the_score_filters_its_regions()
    {
        var all = Run(out _);

        Assert.All(Run(out _, "--pred-iou-thresh", "0.9"), mask => Assert.True(mask.GetProperty("predicted_iou").GetDouble() >= 0.9));
        Assert.InRange(Run(out _, "--pred-iou-thresh", "0.9").Count, 0, all.Count);
    }

    [Fact]
    public void A_least_area_cleans_its_regions_and_says_so()
    {
        Run(out var stages, "--min-mask-region-area", "20");

        Assert.Equal("min_mask_region_area", stages[^1]);
    }

    private static List<JsonElement> Run(out List<string?> stages, params string[] settings)
    {
        using var run = new ToolRun { UsesRealModels = true };
        TestImages.WriteSquare(run.File("cup.png"), 96, 64);

        Assert.Equal((ExitCode.Ok, ""), (run.Run(["everything", "@cup.png", "--model", "classic", "--output", "@masks", "--json", .. settings]), run.Error));

        var line = JsonDocument.Parse(run.Output).RootElement;
        stages = [.. line.GetProperty("stages").EnumerateArray().Select(stage => stage.GetProperty("name").GetString())];
        return [.. line.GetProperty("masks").EnumerateArray()];
    }
}
