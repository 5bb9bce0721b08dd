using Maskwright.Geometry;
using Maskwright.Images;
using Maskwright.Masks;
using Maskwright.Metrics;
using Maskwright.Segmentation;
using Maskwright.Testing;
using Xunit;

namespace Maskwright.Tests.Metrics;

public sealed class PromptStudyTests
{
    private static readonly BinaryMask s_left = AsciiMask.Parse("##..\n##..");
    private static readonly BinaryMask s_right = AsciiMask.Parse("..##\n..##");
    private static readonly RgbImage s_image = new(4, 2, new byte[24]);

    [Fact]
    public void Every_object_gets_a_session_a_box_and_its_best_proposals()
    {
        using var segmenter = new Constant(s_left);

        var answers = PromptStudy.Measure(s_image, [new PromptTarget(s_left), new PromptTarget(s_right)], segmenter, new Proposals(), new PromptStudyOptions { ProposalCounts = [1, 2], Clicks = new() { MaxClicks = 2 } });

        Assert.Equal((1, 1, 1), (answers[0].Clicks!.OneClickIou, answers[0].BestOfSeveralIou, answers[0].BoxIou));
        Assert.Equal([0.0, 0.0], answers[1].Clicks!.Ious);
        Assert.Equal([0.0, 1.0], answers[0].ProposalIous); // the better ranked proposal is the right half
        Assert.Equal([1.0, 1.0], answers[1].ProposalIous);
    }

    [Fact]
    public void Ignored_pixels_do_not_count()
    {
        var ignored = AsciiMask.Parse(".#..\n.#..");

        Assert.Equal(0.5, PromptStudy.Iou(AsciiMask.Parse("##..\n...."), new PromptTarget(s_left) { Ignored = ignored }));
    }

    [Fact]
    public void What_is_not_asked_is_not_measured()
    {
        using var segmenter = new Constant(s_left);

        var answer = PromptStudy.Measure(s_image, [new PromptTarget(s_left)], segmenter, null, new PromptStudyOptions { Clicks = null, AsksForSeveral = false })[0];

        Assert.Null(answer.Clicks);
        Assert.Null(answer.BestOfSeveralIou);
        Assert.Equal(1, answer.BoxIou);
        Assert.Empty(answer.ProposalIous);
        Assert.Empty(PromptStudy.Measure(s_image, [], segmenter, null));
    }

    [Theory]
    [InlineData(0.49, 0)]
    [InlineData(0.5, 0.1)]
    [InlineData(0.75, 0.6)]
    [InlineData(1, 1)]
    public void Recall_counts_the_overlaps_that_are_reached(double iou, double recall) => Assert.Equal(recall, PromptAnswer.Recall(iou));

    private sealed class Proposals : IMaskGenerator
    {
        public GenerationResult Generate(RgbImage image, IProgress<GenerationProgress>? progress = null, CancellationToken cancellationToken = default) =>
            new([new MaskProposal(RunLengthMask.FromMask(s_left), 0.2), new MaskProposal(RunLengthMask.FromMask(s_right), 0.9)], new GenerationReport([]));
    }

    private sealed class Constant(BinaryMask mask) : IPromptSegmenter
    {
        public string Name => "constant";

        public double MaskThresholdLogit => 0;

        public bool PrefersReadingsOfOneClick => true;

        public ImageEmbedding Encode(RgbImage image, CancellationToken cancellationToken = default) => new Embedding(image.Size);

        public MaskPredictions Predict(ImageEmbedding embedding, IReadOnlyList<Prompt> prompts, PredictionOptions options, CancellationToken cancellationToken = default)
        {
            var values = Enumerable.Range(0, 8).Select(i => mask[i % 4, i / 4] ? 1f : -1f).ToArray();
            return new MaskPredictions(1, 1, [1], [new MaskLogits(values, 4, 2, LogitFrame.Identity(mask.Size))]);
        }

        public void Dispose()
        {
        }

        private sealed class Embedding(ImageSize size) : ImageEmbedding(size);
    }
}
