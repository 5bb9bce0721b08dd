using Maskwright.Images;
using Maskwright.Segmentation;
using Xunit;

namespace Maskwright.Tests.Segmentation;

public class AdaptiveMaskGeneratorTests
{
    private static readonly RgbImage Image = new(180, 120, new byte[180 * 120 * 3]);

    private static readonly AutomaticMaskOptions Grid = new() { PointsPerSide = 8, StabilityScoreThreshold = 0.5, PredIouThreshold = 0.5 };

    [Theory]
    [InlineData(0)]
    [InlineData(150)]
    public void With_the_whole_grid_the_masks_are_those_of_the_exact_mode(int minArea)
    {
        using var segmenter = new DiscSegmenter { Quality = (x, y, mask) => (float)(0.95 - (0.1 * mask) - (0.1 * x * y)) };
        var options = Grid with { MinMaskRegionArea = minArea };

        var adaptive = new AdaptiveMaskGenerator(segmenter, new AdaptiveMaskOptions { Masks = options, PointShare = 1 }).Generate(Image);

        var exact = new AutomaticMaskGenerator(segmenter, options).Generate(Image);
        Assert.Equal(exact.Proposals, adaptive.Proposals);
        Assert.Equal(exact.Report.Stages, adaptive.Report.Stages);
        Assert.Equal((64, 64, false), (adaptive.Report.Coverage!.PointsAsked, adaptive.Report.Coverage.PointsOfGrid, adaptive.Report.Coverage.EndedByBudget));
    }

    [Fact]
    public void Asks_the_share_of_points_that_was_wanted_and_says_so()
    {
        using var segmenter = new DiscSegmenter();

        var result = new AdaptiveMaskGenerator(segmenter, new AdaptiveMaskOptions { Masks = Grid with { PointsPerSide = 32 }, PointShare = 0.1 }).Generate(Image);

        Assert.Equal(102, segmenter.BatchSizes.Sum());
        Assert.Equal(102, result.Report.Coverage!.PointsAsked);
        Assert.Equal(1024, result.Report.Coverage.PointsOfGrid);
        Assert.InRange(result.Report.Coverage.ExplainedShare, 0.5, 1);
    }

    [Fact]
    public void Ends_when_the_budget_is_used_and_returns_what_it_has()
    {
        using var segmenter = new DiscSegmenter();
        var clock = new StepClock(TimeSpan.FromSeconds(1));
        var options = new AdaptiveMaskOptions { Masks = Grid with { PointsPerSide = 32 }, PointShare = 1, Budget = TimeSpan.FromSeconds(2.5) };

        var result = new AdaptiveMaskGenerator(segmenter, options, clock).Generate(Image);

        Assert.Equal([16, 16, 16], segmenter.BatchSizes);
        Assert.NotEmpty(result.Proposals);
        Assert.True(result.Report.Coverage!.EndedByBudget);
    }

    [Fact]
    public void The_first_points_are_asked_however_short_the_budget()
    {
        using var segmenter = new DiscSegmenter();
        var options = new AdaptiveMaskOptions { Masks = Grid, Budget = TimeSpan.FromTicks(1), PointShare = 1 };

        var result = new AdaptiveMaskGenerator(segmenter, options, new StepClock(TimeSpan.FromHours(1))).Generate(Image);

        Assert.NotEmpty(result.Proposals);
        Assert.InRange(result.Report.Coverage!.PointsAsked, 1, 16);
    }

    [Fact]
    public void An_image_without_masks_is_explained_nowhere()
    {
        using var segmenter = new DiscSegmenter { Quality = (_, _, _) => 0 };

        var result = new AdaptiveMaskGenerator(segmenter, new AdaptiveMaskOptions { Masks = Grid }).Generate(Image);

        Assert.Empty(result.Proposals);
        Assert.Equal(0, result.Report.Coverage!.ExplainedShare);
        Assert.NotNull(result.Report.Stages[0].Advice);
    }

    [Fact]
    public void All_faults_of_the_settings_are_told_at_once()
    {
        using var segmenter = new DiscSegmenter();
        var options = new AdaptiveMaskOptions { PointShare = 0, CoarseStep = 0, Budget = TimeSpan.Zero, LargestExplainingShare = 2, Masks = new AutomaticMaskOptions { CropLayers = 1 } };

        var fault = Assert.Throws<ArgumentException>(() => new AdaptiveMaskGenerator(segmenter, options));

        Assert.All(["point_share", "coarse_step", "budget", "largest_explaining_share", "crop_n_layers"], name => Assert.Contains(name, fault.Message));
    }

    [Fact]
    public void A_budget_without_a_clock_is_refused()
    {
        using var segmenter = new DiscSegmenter();

        Assert.Throws<ArgumentException>(() => new AdaptiveMaskGenerator(segmenter, new AdaptiveMaskOptions { Budget = TimeSpan.FromSeconds(1) }));
    }

    [Fact]
    public void Every_point_is_asked_once_and_unexplained_ones_before_explained_ones()
    {
        var schedule = new PointSchedule(side: 8, coarseStep: 4);
        var coarse = schedule.Next(4);
        bool[] leftHalf = [.. Enumerable.Range(0, 64).Select(i => i % 8 < 4)];
        schedule.Note(leftHalf, explains: true, isSmallest: true);

        var next = schedule.Next(30);
        var rest = schedule.Next(100);

        Assert.Equal([18, 22, 50, 54], coarse.Order());
        Assert.All(next, point => Assert.True(point % 8 >= 4));
        Assert.Equal(Enumerable.Range(0, 64), coarse.Concat(next).Concat(rest).Order());
    }

    [Fact]
    public void Where_only_larger_masks_explain_a_point_it_comes_before_those_that_the_smallest_explains()
    {
        var schedule = new PointSchedule(side: 8, coarseStep: 4);
        schedule.Next(4);
        schedule.Note([.. Enumerable.Repeat(true, 64)], explains: true, isSmallest: false);
        schedule.Note([.. Enumerable.Range(0, 64).Select(i => i / 8 < 4)], explains: true, isSmallest: true);

        var next = schedule.Next(30);

        Assert.All(next, point => Assert.True(point / 8 >= 4));
    }

    private sealed class StepClock(TimeSpan step) : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => (_now += step.Ticks) - step.Ticks;
    }
}
