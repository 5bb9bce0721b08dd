using Maskwright.Geometry;
using Maskwright.Images;
using Maskwright.Masks;
using Maskwright.Metrics;
using Maskwright.Segmentation;
using Maskwright.Testing;
using Xunit;

namespace Maskwright.Tests.Metrics;

public sealed class PromptQualityTests
{
    [Fact]
    public void The_first_click_goes_to_the_deepest_pixel_and_the_border_bounds_it()
    {
        var truth = AsciiMask.Parse("""
            ###.....
            ###.....
            ###..###
            .....###
            .....###
            """);

        var click = new RobotUser(truth).Next(null);

        Assert.Equal(new PromptPoint(1.5, 1.5), click);
    }

    [Fact]
    public void The_larger_error_is_clicked_and_too_much_wins_ties()
    {
        var truth = AsciiMask.Parse("""
            ###......
            ###......
            ###......
            """);
        var elsewhere = AsciiMask.Parse("""
            ......###
            ......###
            ......###
            """);
        var user = new RobotUser(truth);

        Assert.Equal(new PromptPoint(7.5, 1.5, false), user.Next(elsewhere));
        Assert.Equal(new PromptPoint(1.5, 1.5), user.Next(elsewhere));
    }

    [Fact]
    public void Ignored_pixels_are_no_error_and_without_error_there_is_no_click()
    {
        var truth = AsciiMask.Parse("##..");

        Assert.Null(new RobotUser(truth).Next(truth));
        Assert.Null(new RobotUser(truth, truth).Next(null));
    }

    [Fact]
    public void Errors_beyond_the_first_word_of_a_row_are_seen()
    {
        var truth = new BinaryMask(128, 3) { [63, 1] = true, [127, 1] = true };
        var user = new RobotUser(truth);

        Assert.Equal(new PromptPoint(63.5, 1.5), user.Next(null));
        Assert.Equal(new PromptPoint(127.5, 1.5), user.Next(null));
        Assert.Null(user.Next(null));
    }

    [Fact]
    public void A_segmenter_that_paints_squares_needs_a_click_for_each_square()
    {
        var truth = Squares((10, 10), (40, 10), (10, 40));
        using var segmenter = new SquareSegmenter();
        using var embedding = segmenter.Encode(new RgbImage(64, 64, new byte[64 * 64 * 3]));

        var curve = PromptQuality.Click(segmenter, embedding, truth);

        Assert.Equal([1.0 / 3, 2.0 / 3, 1.0], curve.Ious);
        Assert.Equal(3, curve.ClicksTo(0.85));
        Assert.Equal([false, true, true], segmenter.HadHint);
        var summary = ClickSummary.Of([curve, curve with { Ious = [0.86] }]);
        Assert.Equal((2, 11.5, 0, 1), (summary.NumberOfClicks85, summary.NumberOfClicks90, summary.Failures85, summary.Failures90));
    }

    [Fact]
    public void A_session_ends_with_the_last_click()
    {
        using var segmenter = new SquareSegmenter();
        using var embedding = segmenter.Encode(new RgbImage(64, 64, new byte[64 * 64 * 3]));

        var curve = PromptQuality.Click(segmenter, embedding, Squares((10, 10), (40, 10), (10, 40)), options: new ClickStudyOptions { MaxClicks = 2, FeedsMaskHint = false });

        Assert.Equal(2, curve.Ious.Count);
        Assert.False(curve.Reaches(0.85));
        Assert.Equal(2, curve.ClicksTo(0.85));
        Assert.All(segmenter.HadHint, Assert.False);
    }

    [Fact]
    public void The_tight_box_is_the_prompt_for_box_quality()
    {
        using var segmenter = new SquareSegmenter();
        using var embedding = segmenter.Encode(new RgbImage(64, 64, new byte[64 * 64 * 3]));

        Assert.Equal(1, PromptQuality.BoxIou(segmenter, embedding, Squares((10, 10))));
        Assert.Equal(81.0 / (81 + 81), PromptQuality.BoxIou(segmenter, embedding, Squares((10, 10), (19, 19))), 12);
        Assert.Throws<ArgumentException>(() => PromptQuality.BoxIou(segmenter, embedding, new BinaryMask(64, 64)));
        Assert.Throws<ArgumentException>(() => PromptQuality.Click(segmenter, embedding, new BinaryMask(32, 64)));
        Assert.Throws<ArgumentException>(() => PromptQuality.Click(segmenter, embedding, Squares((9, 9)), options: new ClickStudyOptions { MaxClicks = 0 }));
    }

    [Theory]
    [InlineData(true, false, true)]
    [InlineData(false, true, false)]
    [InlineData(null, true, true)]
    [InlineData(null, false, false)]
    public void The_first_click_asks_as_told_or_as_the_segmenter_prefers(bool? isFirstMultimask, bool prefers, bool expected)
    {
        using var segmenter = new SquareSegmenter { PrefersReadingsOfOneClick = prefers };
        using var embedding = segmenter.Encode(new RgbImage(64, 64, new byte[64 * 64 * 3]));

        PromptQuality.Click(segmenter, embedding, Squares((10, 10), (40, 40)), options: new ClickStudyOptions { IsFirstMultimask = isFirstMultimask });

        Assert.Equal([expected, false], segmenter.AskedForSeveral);
    }

    private static BinaryMask Squares(params (int X, int Y)[] centres)
    {
        var mask = new BinaryMask(64, 64);
        foreach (var (cx, cy) in centres)
        {
            for (var i = 0; i < 81; i++)
            {
                mask[cx - 4 + (i % 9), cy - 4 + (i / 9)] = true;
            }
        }

        return mask;
    }

    /// <summary>Answers with a 9x9 square around every click that belongs to the object, or with the top left square in a box.</summary>
    private sealed class SquareSegmenter : IPromptSegmenter
    {
        public string Name => "squares";

        public double MaskThresholdLogit => 0;

        public bool PrefersReadingsOfOneClick { get; init; } = true;

        public List<bool> HadHint { get; } = [];

        public List<bool> AskedForSeveral { get; } = [];

        public ImageEmbedding Encode(RgbImage image, CancellationToken cancellationToken = default) => new Embedding(image.Size);

        public MaskPredictions Predict(ImageEmbedding embedding, IReadOnlyList<Prompt> prompts, PredictionOptions options, CancellationToken cancellationToken = default)
        {
            HadHint.Add(prompts[0].MaskHint is not null);
            AskedForSeveral.Add(options.Multimask);
            var centres = prompts[0].Box is { } box ? [((int)box.X0 + 4, (int)box.Y0 + 4)] : prompts[0].Points.Where(p => p.IsPositive).Select(p => ((int)p.X, (int)p.Y)).ToArray();
            var squares = Squares(centres);
            float[] values = [.. Enumerable.Range(0, 64 * 64).Select(i => squares[i % 64, i / 64] ? 9f : -9f)];
            return new MaskPredictions(1, 1, [0.5f], [new MaskLogits(values, 64, 64, LogitFrame.Identity(embedding.ImageSize))]);
        }

        public void Dispose()
        {
        }

        private sealed class Embedding(ImageSize size) : ImageEmbedding(size);
    }

    [Fact]
    public void Counts_the_clicks_that_make_a_mask_worse()
    {
        ClickCurve[] curves =
        [
            new([], [0.5, 0.7, 0.55, 0.8, 0.71, 0.95], 20),
            new([], [0.9], 20),
            new([], [0.2, 0.1], 20),
        ];

        Assert.Equal([1, 0, 0], curves.Select(curve => curve.SpoilingClicks()));
        Assert.Equal(2, curves[0].SpoilingClicks(drop: 0.05));
        Assert.Equal(1.0 / 6, ClickSummary.Of(curves).SpoilingClickShare, 1e-12);
    }
}
