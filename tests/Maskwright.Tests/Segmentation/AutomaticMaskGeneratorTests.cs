using Maskwright.Geometry;
using Maskwright.Images;
using Maskwright.Segmentation;
using Maskwright.Testing;
using Xunit;

namespace Maskwright.Tests.Segmentation;

public class AutomaticMaskGeneratorTests
{
    private static readonly RgbImage Image = new(180, 120, new byte[180 * 120 * 3]);

    private static readonly AutomaticMaskOptions Small = new() { PointsPerSide = 6, StabilityScoreThreshold = 0.5, PredIouThreshold = 0.5 };

    public static TheoryData<string> Settings() => [.. Cases.Keys];

    private static readonly Dictionary<string, AutomaticMaskOptions> Cases = new()
    {
        ["whole image"] = Small,
        ["crops"] = Small with { CropLayers = 1, CropPointsDownscaleFactor = 2 },
        ["two layers of crops"] = Small with { CropLayers = 2, CropPointsDownscaleFactor = 2, CropNmsThreshold = 0.5, StabilityScoreThreshold = 0.2 },
        ["small regions"] = Small with { MinMaskRegionArea = 150 },
        ["crops and small regions"] = Small with { CropLayers = 1, MinMaskRegionArea = 100, BoxNmsThreshold = 0.4 },
        ["strict"] = Small with { PredIouThreshold = 0.75, StabilityScoreThreshold = 0.8 },
        ["other offset, odd batches"] = Small with { StabilityScoreOffset = 3, PointsPerBatch = 7 },
    };

    [Theory]
    [MemberData(nameof(Settings))]
    public void Records_and_their_order_are_those_of_the_plain_form(string name)
    {
        var options = Cases[name];
        using var segmenter = Discs();

        var result = new AutomaticMaskGenerator(segmenter, options).Generate(Image);

        var expected = PlainGeneration.Run(segmenter, Image, options);
        Assert.NotEmpty(expected);
        Assert.Equal(expected.Select(row => (row.Point, row.Iou, row.Stability, row.Crop)), result.Proposals.Select(p => (p.PromptPoint!.Value, (float)p.PredictedIou, p.StabilityScore!.Value, p.CropBox!.Value)));
        Assert.All(expected.Zip(result.Proposals), pair => AsciiMask.Equal(pair.First.Mask, pair.Second.Mask.ToBinaryMask()));
    }

    [Fact]
    public void The_last_batch_may_be_incomplete_and_loses_nothing()
    {
        using var segmenter = Discs();
        using var whole = Discs();

        var result = new AutomaticMaskGenerator(segmenter, Small with { PointsPerBatch = 10 }).Generate(Image);

        Assert.Equal([10, 10, 10, 6], segmenter.BatchSizes);
        Assert.Equal(new AutomaticMaskGenerator(whole, Small).Generate(Image).Proposals.Select(p => p.Mask), result.Proposals.Select(p => p.Mask));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Where_no_predicted_IoU_suffices_the_report_says_what_would(int cropLayers)
    {
        using var segmenter = new DiscSegmenter { Quality = (x, y, mask) => mask == 0 && x < 0.1 ? 0.712f : 0.3f };

        var result = new AutomaticMaskGenerator(segmenter, Small with { PredIouThreshold = 0.88, CropLayers = cropLayers }).Generate(Image);

        var stage = result.Report.Stages[0];
        Assert.Empty(result.Proposals);
        Assert.Equal(("pred_iou_thresh", 0), (stage.Name, stage.Kept));
        Assert.Equal(108 * (cropLayers == 0 ? 1 : 5), stage.Candidates);
        Assert.Equal($"the best predicted IoU was 0.712: --pred-iou-thresh 0.71 would keep {6 * (cropLayers == 0 ? 1 : 5)}", stage.Advice);
        Assert.Equal(0, segmenter.MapsMade);
        Assert.All(result.Report.Stages.Skip(1), later => Assert.Equal((0, 0, null), (later.Candidates, later.Kept, later.Advice)));
    }

    [Fact]
    public void Advice_at_a_round_value_goes_below_it()
    {
        using var segmenter = new DiscSegmenter { Quality = (_, _, _) => 0.5f };

        var result = new AutomaticMaskGenerator(segmenter, Small with { PredIouThreshold = 0.88 }).Generate(Image);

        Assert.Equal("the best predicted IoU was 0.5: --pred-iou-thresh 0.49 would keep 108", result.Report.Stages[0].Advice);
    }

    [Fact]
    public void A_model_that_predicts_no_numbers_is_named_as_the_fault()
    {
        using var segmenter = new DiscSegmenter { Quality = (_, _, _) => float.NaN };

        var result = new AutomaticMaskGenerator(segmenter, Small).Generate(Image);

        Assert.Empty(result.Proposals);
        Assert.Equal("no predicted IoU was a finite number: the model's output cannot be used", result.Report.Stages[0].Advice);
    }

    [Fact]
    public void Where_no_mask_is_stable_the_report_says_what_would_do()
    {
        using var segmenter = Discs();

        var result = new AutomaticMaskGenerator(segmenter, Small with { StabilityScoreThreshold = 0.999 }).Generate(Image);

        var advice = result.Report.Stages[1].Advice;
        Assert.Empty(result.Proposals);
        Assert.StartsWith("the best stability score was 0.", advice, StringComparison.Ordinal);
        var threshold = double.Parse(advice!.Split("--stability-score-thresh ")[1].Split(' ')[0]); // Asserted in the line above.
        var kept = int.Parse(advice.Split("would keep ")[1]);
        var again = new AutomaticMaskGenerator(segmenter, Small with { StabilityScoreThreshold = threshold }).Generate(Image);
        Assert.Equal(kept, again.Report.Stages[1].Kept);
    }

    [Fact]
    public void The_report_follows_the_masks_through_the_stages()
    {
        using var segmenter = Discs();

        var result = new AutomaticMaskGenerator(segmenter, Small with { CropLayers = 1, MinMaskRegionArea = 50 }).Generate(Image);

        Assert.Equal(["pred_iou_thresh", "stability_score_thresh", "crop_edge", "box_nms_thresh", "crop_nms_thresh", "min_mask_region_area"], result.Report.Stages.Select(s => s.Name));
        Assert.All(result.Report.Stages.Zip(result.Report.Stages.Skip(1)), pair => Assert.Equal(pair.First.Kept, pair.Second.Candidates));
        Assert.Equal(result.Proposals.Count, result.Report.Stages[^1].Kept);
    }

    [Fact]
    public void Progress_counts_every_encoding_and_batch_to_the_end()
    {
        using var segmenter = Discs();
        var reports = new List<GenerationProgress>();

        new AutomaticMaskGenerator(segmenter, Small with { PointsPerBatch = 10, CropLayers = 1 }).Generate(Image, new Listener(reports.Add));

        Assert.Equal(Enumerable.Range(1, 25), reports.Select(r => r.Done));
        Assert.All(reports, r => Assert.Equal(25, r.Total));
        Assert.Equal("finding masks in part 5 of 5", reports[^1].Stage);
    }

    [Fact]
    public void Cancelling_stops_between_batches()
    {
        using var segmenter = Discs();
        using var source = new CancellationTokenSource();
        var generator = new AutomaticMaskGenerator(segmenter, Small with { PointsPerBatch = 6 });

        Assert.Throws<OperationCanceledException>(() => generator.Generate(Image, new Listener(p => CancelAt(p, source)), source.Token));

        Assert.Equal(2, segmenter.BatchSizes.Count);
    }

    [Fact]
    public void Given_grids_replace_the_regular_ones()
    {
        using var segmenter = Discs();

        var result = new AutomaticMaskGenerator(segmenter, Small with { PointGrids = [[new PixelPoint(0.25, 0.5)]] }).Generate(Image);

        Assert.All(result.Proposals, p => Assert.Equal(new PixelPoint(45, 60), p.PromptPoint));
        Assert.Equal([1], segmenter.BatchSizes);
    }

    [Fact]
    public void The_mask_threshold_can_be_set_apart_from_the_segmenters()
    {
        using var segmenter = Discs();
        var options = Small with { StabilityScoreThreshold = 0, PointsPerSide = 1 };

        var wide = new AutomaticMaskGenerator(segmenter, options with { MaskThresholdLogit = -8 }).Generate(Image).Proposals;
        var narrow = new AutomaticMaskGenerator(segmenter, options with { MaskThresholdLogit = 8 }).Generate(Image).Proposals;

        Assert.All(wide.Zip(narrow), pair => Assert.True(pair.First.Area > pair.Second.Area));
    }

    [Fact]
    public void All_faults_of_the_settings_are_named_at_once()
    {
        using var segmenter = Discs();
        var options = new AutomaticMaskOptions { PointsPerSide = 0, PointsPerBatch = -1, BoxNmsThreshold = double.NaN, CropLayers = 3, CropOverlapRatio = 2, StabilityScoreOffset = -1 };

        var thrown = Assert.Throws<ArgumentException>(() => new AutomaticMaskGenerator(segmenter, options));

        Assert.All(["points_per_side", "points_per_batch", "box_nms_thresh", "crop_overlap_ratio", "stability_score_offset"], name => Assert.Contains(name, thrown.Message, StringComparison.Ordinal));
        Assert.Contains("crop layers would have no points", Assert.Single((options with { PointsPerSide = 4, PointsPerBatch = 1, BoxNmsThreshold = 0.5, CropOverlapRatio = 0.5, StabilityScoreOffset = 1, CropPointsDownscaleFactor = 2 }).Faults()), StringComparison.Ordinal);
        Assert.Empty(new AutomaticMaskOptions { PredIouThreshold = 5 }.Faults());
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 2)]
    [InlineData(1, 40)]
    public void Tiny_images_with_many_crops_do_no_harm(int width, int height)
    {
        using var segmenter = Discs();

        var result = new AutomaticMaskGenerator(segmenter, Small with { PointsPerSide = 2, CropLayers = 3 }).Generate(new RgbImage(width, height, new byte[width * height * 3]));

        Assert.All(result.Proposals, p => Assert.Equal(new ImageSize(width, height), p.Mask.Size));
    }

    private static void CancelAt(GenerationProgress progress, CancellationTokenSource source)
    {
        if (progress.Done == 3)
        {
            source.Cancel();
        }
    }

    private static DiscSegmenter Discs() => new() { Quality = (x, y, mask) => (float)(0.6 + (0.3 * Math.Abs(Math.Sin((x * 37) + (y * 91) + mask)))) };

    private sealed class Listener(Action<GenerationProgress> action) : IProgress<GenerationProgress>
    {
        public void Report(GenerationProgress value) => action(value);
    }
}
