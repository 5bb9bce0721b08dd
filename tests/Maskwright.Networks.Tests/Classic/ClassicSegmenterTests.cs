using Maskwright.Networks.Classic;
using Maskwright.Segmentation;
using Xunit;

namespace Maskwright.Networks.Tests.Classic;

public sealed class ClassicSegmenterTests : IDisposable
{
    private static readonly (byte, byte, byte) Green = (40, 120, 60), Red = (200, 60, 50), Blue = (50, 70, 190);
    private readonly ClassicSegmenter _segmenter = new();

    [Fact]
    public void A_click_on_a_plain_shape_gives_the_shape()
    {
        var image = TestScenes.Disks(160, 120, Green, (50, 60, 30, Red), (120, 40, 20, Blue));
        using var embedding = _segmenter.Encode(image);

        var proposal = Assert.Single(_segmenter.Decode(embedding, Prompt.Point(50, 60), multimask: false));

        TestScenes.AssertIou(TestScenes.Disk(160, 120, 50, 60, 30), proposal.Mask, atLeast: 0.95);
        Assert.InRange(proposal.PredictedIou, 0, 1);
    }

    [Fact]
    public void A_box_around_a_plain_shape_gives_the_shape()
    {
        var image = TestScenes.Disks(160, 120, Green, (50, 60, 30, Red), (120, 40, 20, Blue));
        using var embedding = _segmenter.Encode(image);

        var proposal = Assert.Single(_segmenter.Decode(embedding, Prompt.InBox(98, 18, 142, 62), multimask: false));

        TestScenes.AssertIou(TestScenes.Disk(160, 120, 120, 40, 20), proposal.Mask, atLeast: 0.95);
    }

    [Fact]
    public void Everything_finds_every_plain_shape_best_first()
    {
        var image = TestScenes.Disks(160, 120, Green, (50, 60, 30, Red), (120, 40, 20, Blue));

        var result = _segmenter.Generate(image);

        TestScenes.AssertFinds(TestScenes.Disk(160, 120, 50, 60, 30), result.Proposals, atLeast: 0.95);
        TestScenes.AssertFinds(TestScenes.Disk(160, 120, 120, 40, 20), result.Proposals, atLeast: 0.95);
        Assert.Equal(result.Proposals.OrderByDescending(p => p.PredictedIou), result.Proposals);
        Assert.All(result.Proposals, p => Assert.InRange(p.StabilityScore ?? -1, 0, 1));
    }

    [Fact]
    public void Three_masks_of_growing_size_come_for_a_click()
    {
        var image = TestScenes.Photo(120, 90);
        using var embedding = _segmenter.Encode(image);

        var proposals = _segmenter.Decode(embedding, Prompt.Point(60, 45), multimask: true);

        Assert.Equal(3, proposals.Count);
        Assert.Equal(proposals.OrderBy(p => p.Area), proposals);
    }

    [Theory]
    [InlineData(120, 90)]
    [InlineData(700, 500)]
    public void Positive_clicks_lie_inside_and_negative_ones_outside(int width, int height)
    {
        var image = TestScenes.Photo(width, height);
        var random = new Random(7);
        using var embedding = _segmenter.Encode(image);

        for (var round = 0; round < 10; round++)
        {
            var prompt = new Prompt
            {
                Points = [.. Enumerable.Range(0, 5).Select(i => new PromptPoint(Step(random, width), Step(random, height), i < 3)).DistinctBy(p => (p.X, p.Y))],
            };
            var mask = Assert.Single(_segmenter.Decode(embedding, prompt, multimask: false)).Mask.ToBinaryMask();

            Assert.All(prompt.Points, point => Assert.Equal(point.IsPositive, mask[(int)point.X, (int)point.Y]));
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 500)]
    [InlineData(500, 2)]
    [InlineData(2, 2)]
    public void Tiny_images_are_answered(int width, int height)
    {
        var image = TestScenes.Photo(width, height);
        using var embedding = _segmenter.Encode(image);

        var clicked = _segmenter.Decode(embedding, Prompt.Point(width / 2.0, height / 2.0), multimask: true);
        var boxed = _segmenter.Decode(embedding, Prompt.InBox(0, 0, width, height), multimask: false);

        Assert.Equal(3, clicked.Count);
        Assert.All(clicked.Concat(boxed), p => Assert.Equal(image.Size, p.Mask.Size));
        Assert.NotEmpty(_segmenter.Generate(image).Proposals);
    }

    [Fact]
    public void A_constant_image_is_one_region()
    {
        var image = TestScenes.Disks(64, 48, Green);
        using var embedding = _segmenter.Encode(image);

        var proposals = _segmenter.Generate(image).Proposals;
        var clicked = _segmenter.Decode(embedding, Prompt.Point(10, 10), multimask: false);

        Assert.Equal(64 * 48, Assert.Single(proposals).Area);
        Assert.Equal(64 * 48, Assert.Single(clicked).Area);
    }

    [Fact]
    public void The_same_image_gives_the_same_masks()
    {
        var image = TestScenes.Photo(200, 150);

        var first = _segmenter.Generate(image).Proposals;
        var second = _segmenter.Generate(image).Proposals;

        Assert.Equal(first.Select(p => (p.Mask, p.PredictedIou)), second.Select(p => (p.Mask, p.PredictedIou)));
    }

    [Fact]
    public void When_nothing_survives_the_report_says_which_setting_would_keep_some()
    {
        using var segmenter = new ClassicSegmenter(new ClassicOptions { MinPredictedIou = 1 });

        var result = segmenter.Generate(TestScenes.Photo(100, 80));

        Assert.Empty(result.Proposals);
        Assert.Contains(result.Report.Stages, s => s.Advice is not null && s.Advice.Contains("MinPredictedIou", StringComparison.Ordinal));
    }

    [Fact]
    public void Masks_below_the_quality_floor_need_no_logits()
    {
        var image = TestScenes.Photo(100, 80);
        using var embedding = _segmenter.Encode(image);

        var predictions = _segmenter.Predict(embedding, [Prompt.Point(50, 40)], new PredictionOptions { QualityFloor = 2 }, TestContext.Current.CancellationToken);

        Assert.Throws<InvalidOperationException>(() => predictions.Logits(0, 0));
    }

    [Fact]
    public void Cancellation_stops_the_work()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() => _segmenter.Encode(TestScenes.Photo(200, 150), source.Token));
        Assert.ThrowsAny<OperationCanceledException>(() => _segmenter.Generate(TestScenes.Photo(200, 150), null, source.Token));
    }

    [Fact]
    public void A_prompt_outside_the_image_is_refused()
    {
        using var embedding = _segmenter.Encode(TestScenes.Photo(100, 80));

        Assert.Throws<ArgumentException>(() => _segmenter.Decode(embedding, Prompt.Point(101, 5)));
        Assert.Throws<ArgumentException>(() => _segmenter.Decode(embedding, Prompt.Point(double.NaN, 5)));
    }

    [Fact]
    public void Options_out_of_range_are_refused_all_at_once()
    {
        var fault = Assert.Throws<ArgumentException>(() => new ClassicSegmenter(new ClassicOptions { WorkingSide = 5, MaxProposals = 0 }));

        Assert.Contains("WorkingSide", fault.Message, StringComparison.Ordinal);
        Assert.Contains("MaxProposals", fault.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _segmenter.Dispose();

    private static double Step(Random random, int side) => random.Next(side / 20) * 20 + 10.5;
}
