using Maskwright.Geometry;
using Maskwright.Metrics;
using Xunit;

namespace Maskwright.Tests.Metrics;

public sealed class AveragePrecisionTests
{
    private static readonly AveragePrecisionOptions s_boxes = new() { Geometry = OverlapGeometry.Boxes };

    [Fact]
    public void Nothing_to_find_is_minus_one()
    {
        var result = AveragePrecision.Evaluate(Truth(), [Found(1, 0, 0, 10, 10, .9)], s_boxes);

        Assert.All(CocoSummary.Of(result).Values, value => Assert.Equal(-1, value));
    }

    [Fact]
    public void Nothing_found_is_zero()
    {
        var result = AveragePrecision.Evaluate(Truth(Wanted(1, 0, 0, 10, 10)), [], s_boxes);

        Assert.Equal(0, result.MeanPrecision());
        Assert.Equal(0, result.MeanRecall());
    }

    [Fact]
    public void A_false_alarm_of_higher_score_halves_the_precision()
    {
        var result = AveragePrecision.Evaluate(Truth(Wanted(1, 0, 0, 10, 10)), [Found(1, 50, 50, 10, 10, .9), Found(1, 0, 0, 10, 10, .5)], s_boxes);

        Assert.Equal(.5, result.MeanPrecision(), 12);
        Assert.Equal(1, result.MeanRecall());
    }

    [Fact]
    public void A_crowd_takes_in_detections_without_counting()
    {
        var crowd = Wanted(1, 0, 0, 100, 100) with { IsCrowd = true };

        var result = AveragePrecision.Evaluate(Truth(Wanted(1, 200, 0, 10, 10), crowd), [Found(1, 5, 5, 10, 10, .9), Found(1, 30, 5, 10, 10, .8), Found(1, 200, 0, 10, 10, .5)], s_boxes);

        Assert.Equal(1, result.MeanPrecision(), 12);
    }

    [Fact]
    public void The_ignore_flag_counts_only_when_asked_for()
    {
        var truth = Truth(Wanted(1, 0, 0, 10, 10), Wanted(1, 50, 0, 10, 10) with { IsIgnored = true });
        DetectedObject[] found = [Found(1, 0, 0, 10, 10, .9)];

        Assert.Equal(.5, AveragePrecision.Evaluate(truth, found, s_boxes).MeanRecall());
        Assert.Equal(1, AveragePrecision.Evaluate(truth, found, s_boxes with { HonoursIgnoreFlag = true }).MeanRecall());
    }

    [Fact]
    public void LVIS_leaves_out_what_is_not_known_and_excuses_what_is_incomplete()
    {
        var image = new TruthImage(1, new ImageSize(300, 300)) { AbsentCategoryIds = [2], IncompleteCategoryIds = [1] };
        var truth = new DetectionTruth([image], [new(1, "a"), new(2, "b"), new(3, "c")], [Wanted(1, 0, 0, 10, 10)]);
        DetectedObject[] found = [Found(1, 90, 90, 10, 10, .9), Found(1, 0, 0, 10, 10, .5), Found(1, 0, 0, 10, 10, .9) with { CategoryId = 3 }];

        var result = LvisEvaluation.Evaluate(truth, found, OverlapGeometry.Boxes);

        Assert.Equal(1, result.MeanPrecision(), 12);
    }

    [Fact]
    public void LVIS_counts_only_the_best_detections_of_an_image()
    {
        var truth = Truth(Wanted(1, 0, 0, 10, 10));
        DetectedObject[] found = [Found(1, 90, 90, 10, 10, .9), Found(1, 0, 0, 10, 10, .5)];

        Assert.Equal(0, LvisEvaluation.Evaluate(truth, found, OverlapGeometry.Boxes, 1).MeanRecall());
        Assert.Equal(1, LvisEvaluation.Evaluate(truth, found, OverlapGeometry.Boxes, 2).MeanRecall());
    }

    [Fact]
    public void Colliding_ids_unknown_images_missing_masks_and_bad_scores_are_refused()
    {
        var truth = Truth(Wanted(1, 0, 0, 10, 10));

        Assert.Contains("image 7", Assert.Throws<ArgumentException>(() => AveragePrecision.Evaluate(truth, [Found(7, 0, 0, 1, 1, .1)], s_boxes)).Message, StringComparison.Ordinal);
        Assert.Contains("no mask", Assert.Throws<ArgumentException>(() => AveragePrecision.Evaluate(truth, [Found(1, 0, 0, 1, 1, .1)])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => AveragePrecision.Evaluate(truth, [Found(1, 0, 0, 1, 1, double.NaN)], s_boxes));
        Assert.Throws<ArgumentException>(() => AveragePrecision.Evaluate(truth with { Images = [truth.Images[0], truth.Images[0]] }, [], s_boxes));
        Assert.Throws<ArgumentException>(() => AveragePrecision.Evaluate(truth, [], s_boxes with { IouThresholds = [.9, .5], MaxDetections = [] }));
    }

    private static DetectionTruth Truth(params TruthObject[] objects) => new([new TruthImage(1, new ImageSize(300, 300))], [new TruthCategory(1, "a")], objects);

    private static TruthObject Wanted(long image, double x, double y, double w, double h) => new(image, 1) { Box = new ObjectBox(x, y, w, h) };

    private static DetectedObject Found(long image, double x, double y, double w, double h, double score) => new(image, 1, score) { Box = new ObjectBox(x, y, w, h) };
}
