using Maskwright.Geometry;
using Maskwright.Networks.Classic;
using Maskwright.Networks.Seedling;
using Maskwright.Segmentation;
using Xunit;

namespace Maskwright.Networks.Tests.Seedling;

public sealed class SeedlingGeneratorTests
{
    private static readonly SeedlingGeneratorOptions s_keepAll = new() { PredIouThreshold = 0, StabilityScoreThreshold = 0, MostPrompts = 40, MostRegions = 5 };

    [Fact]
    public void Finds_masks_of_the_image_s_size_best_first_and_none_twice()
    {
        using var segmenter = TinySeedling.Segmenter();
        var told = new List<GenerationProgress>();

        var result = new SeedlingGenerator(segmenter, s_keepAll).Generate(TinySeedling.Square(120, 90), new Listener(told));

        Assert.NotEmpty(result.Proposals);
        Assert.All(result.Proposals, proposal => Assert.Equal(new ImageSize(120, 90), proposal.Mask.Size));
        Assert.Equal(result.Proposals.OrderByDescending(p => p.PredictedIou), result.Proposals);
        Assert.Equal(["pred_iou_thresh", "stability_score_thresh", "duplicates"], result.Report.Stages.Select(stage => stage.Name));
        Assert.InRange(result.Report.Stages[0].Candidates, 3, (3 * 40) + 5);
        Assert.Equal(result.Proposals.Count, result.Report.Stages[^1].Kept);
        Assert.Equal(told[^1].Total, told[^1].Done);
    }

    [Fact]
    public void Says_why_nothing_was_found()
    {
        using var segmenter = TinySeedling.Segmenter();

        var result = new SeedlingGenerator(segmenter, s_keepAll with { PredIouThreshold = 1, RegionIouThreshold = 1 }).Generate(TinySeedling.Square(60, 90));

        Assert.Empty(result.Proposals);
        Assert.Contains("best predicted IoU", result.Report.Stages[0].Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void Regions_of_the_image_stand_beside_the_answers()
    {
        using var segmenter = TinySeedling.Segmenter();
        var image = TinySeedling.Square(120, 90);
        var onlyRegions = s_keepAll with { PredIouThreshold = 1, RegionIouThreshold = 0, NmsThreshold = 1 };

        var regions = new SeedlingGenerator(segmenter, onlyRegions).Generate(image);
        var none = new SeedlingGenerator(segmenter, onlyRegions with { MostRegions = 0 }).Generate(image);

        using var classic = new ClassicSegmenter(new ClassicOptions { MinPredictedIou = 0, MaxProposals = 5 });
        Assert.Equal(classic.Generate(image).Proposals.Select(p => (p.Mask.Area, p.PredictedIou)), regions.Proposals.Select(p => (p.Mask.Area, p.PredictedIou)));
        Assert.All(regions.Proposals, proposal => Assert.Null(proposal.PromptPoint));
        Assert.Empty(none.Proposals);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 600)]
    public void Takes_images_of_any_shape(int width, int height)
    {
        using var segmenter = TinySeedling.Segmenter();

        var result = new SeedlingGenerator(segmenter, s_keepAll).Generate(TinySeedling.Square(width, height));

        Assert.All(result.Proposals, proposal => Assert.Equal(new ImageSize(width, height), proposal.Mask.Size));
    }

    [Fact]
    public void Needs_a_seedling()
    {
        using var segmenter = new ClassicSegmenter();

        Assert.Throws<InvalidOperationException>(() => new SeedlingGenerator(segmenter).Generate(TinySeedling.Square(40, 40)));
    }

    [Fact]
    public void Offers_a_thousand_regions_and_asks_more_of_them_than_of_answers()
    {
        var options = new SeedlingGeneratorOptions();

        Assert.Equal((1000, 0.4, 0.6), (options.MostRegions, options.PredIouThreshold, options.RegionIouThreshold));
    }

    [Fact]
    public void Refuses_settings_that_cannot_be_used() => Assert.Throws<ArgumentException>(() => new SeedlingGeneratorOptions { MostPrompts = 0, NmsThreshold = 2 }.Validate());

    [Fact]
    public void Asks_in_every_block_that_is_open_and_never_next_to_an_earlier_place()
    {
        var frame = new SeedlingFrame(new ImageSize(128, 96), 128);
        var map = new ObjectnessMap(16, 12, [.. Enumerable.Range(0, 16 * 12).Select(i => (float)(i % 5))], frame);
        var plan = new PromptPlan(map);
        var explained = new bool[16 * 12];
        Array.Fill(explained, true, 0, 8 * 16);

        var coarse = plan.Blocks(8, null, most: 100);
        var finer = plan.Blocks(4, explained, most: 100);
        var rest = plan.Peaks(10);

        Assert.Equal(4, coarse.Count);
        Assert.All(coarse, cell => Assert.Equal(4, map.Logits[cell]));
        Assert.All(finer, cell => Assert.InRange(cell / 16, 8, 11));
        Assert.Equal(10, rest.Count);
        int[] all = [.. coarse, .. finer, .. rest];
        Assert.All(from a in all from b in all where a < b select (a, b), pair => Assert.True(Math.Abs((pair.a % 16) - (pair.b % 16)) > 1 || Math.Abs((pair.a / 16) - (pair.b / 16)) > 1));
    }

    private sealed class Listener(List<GenerationProgress> told) : IProgress<GenerationProgress>
    {
        public void Report(GenerationProgress value) => told.Add(value);
    }
}
