using Maskwright.Geometry;
using Maskwright.Images;
using Maskwright.Segmentation;
using Xunit;

namespace Maskwright.Tests.Segmentation;

public class PromptSegmenterExtensionsTests
{
    private static readonly RgbImage Image = new(120, 80, new byte[120 * 80 * 3]);

    [Fact]
    public void A_click_gives_the_masks_of_the_model_in_its_order()
    {
        using var segmenter = new DiscSegmenter();
        using var embedding = segmenter.Encode(Image);

        var proposals = segmenter.Decode(embedding, Prompt.Point(60, 40));

        Assert.Equal(3, proposals.Count);
        Assert.True(proposals[0].Area < proposals[1].Area && proposals[1].Area < proposals[2].Area);
        Assert.All(proposals, p => Assert.Equal(new ImageSize(120, 80), p.Mask.Size));
        Assert.All(proposals, p => Assert.True(p.Mask.ToBinaryMask()[60, 40]));
        Assert.All(proposals, p => Assert.InRange(p.StabilityScore!.Value, 0.5, 1)); // Decode always measures it.
        Assert.All(proposals, p => Assert.Equal(new PixelPoint(60, 40), p.PromptPoint));
        Assert.Equal(0.9f, (float)proposals[0].PredictedIou);
    }

    [Fact]
    public void Logits_come_back_as_a_hint_for_the_next_prompt()
    {
        using var segmenter = new DiscSegmenter();
        using var embedding = segmenter.Encode(Image);

        var proposals = segmenter.Decode(embedding, Prompt.Point(60, 40), multimask: false);

        Assert.Equal(segmenter.Cells, Assert.Single(proposals).Logits!.Width); // Decode keeps them.
    }

    [Fact]
    public void Several_prompts_are_answered_one_by_one()
    {
        using var segmenter = new DiscSegmenter();
        using var embedding = segmenter.Encode(Image);

        var answers = segmenter.Decode(embedding, [Prompt.Point(20, 20), Prompt.Point(100, 60)]);

        Assert.Equal(2, answers.Count);
        Assert.True(answers[0][0].Mask.ToBinaryMask()[20, 20]);
        Assert.True(answers[1][0].Mask.ToBinaryMask()[100, 60]);
    }
}
