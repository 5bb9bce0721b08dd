using Maskwright.Networks.Seedling;
using Maskwright.Segmentation;
using Xunit;

namespace Maskwright.Networks.Tests.Seedling;

public sealed class SeedlingAnswerTests
{
    private static readonly float[] s_qualities = [0.5f, 0.25f, 1, 0];
    private static readonly Prompt s_click = Prompt.Point(1, 1);

    // Two cells a mask.
    private static float[] Masks => [10, 1, 20, 2, 30, 3, 40, 4];

    [Fact]
    public void Open_prompts_get_the_mean_and_clear_ones_the_clear_mask()
    {
        Prompt[] open = [s_click, s_click.AndPoint(2, 2, isPositive: false), Prompt.InBox(0, 0, 4, 4), new Prompt()];
        Prompt[] clear = [s_click.AndPoint(2, 2).AndPoint(3, 3), Prompt.InBox(0, 0, 4, 4).AndPoint(2, 2)];

        Assert.All(open, prompt => Assert.Same(SeedlingAnswer.RaisedMean, SeedlingAnswer.To(prompt, multimask: false)));
        Assert.All(clear, prompt => Assert.Same(SeedlingAnswer.ClearMask, SeedlingAnswer.To(prompt, multimask: false)));
        Assert.All([.. open, .. clear], prompt => Assert.Same(SeedlingAnswer.Readings, SeedlingAnswer.To(prompt, multimask: true)));
    }

    [Fact]
    public void Readings_are_the_masks_after_the_first()
    {
        var answer = SeedlingAnswer.Readings;

        Assert.Equal(3, SeedlingAnswer.ReadingCount);
        Assert.Equal([0.25f, 1, 0], Enumerable.Range(0, 3).Select(i => answer.Quality(s_qualities, i)));
        Assert.Equal([20, 2, 30, 3, 40, 4], Enumerable.Range(0, 3).SelectMany(i => answer.Logits(Masks, s_qualities, i).ToArray()));
    }

    [Fact]
    public void The_clear_mask_is_the_first()
    {
        Assert.Equal(0.5f, SeedlingAnswer.ClearMask.Quality(s_qualities, 0));
        Assert.Equal([10, 1], SeedlingAnswer.ClearMask.Logits(Masks, s_qualities, 0).ToArray());
    }

    [Fact]
    public void The_raised_mean_is_of_all_masks_with_the_likelier_ones_foremost()
    {
        double[] weights = [Math.Pow(0.5, 4), Math.Pow(0.25, 4), 1, 0];
        var expected = new[] { 0, 1 }.Select(cell => (float)(weights.Select((weight, mask) => weight * Masks[(2 * mask) + cell]).Sum() / weights.Sum()) + 0.5f);

        Assert.All(expected.Zip(SeedlingAnswer.RaisedMean.Logits(Masks, s_qualities, 0).ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-3f));
        Assert.Equal(weights.Zip(s_qualities, (weight, quality) => weight * quality).Sum() / weights.Sum(), SeedlingAnswer.RaisedMean.Quality(s_qualities, 0), 1e-4);
    }

    [Fact]
    public void A_mean_is_thought_no_worse_than_the_first_mask() => Assert.Equal(0.9f, SeedlingAnswer.RaisedMean.Quality([0.9f, 0.8f, 0.8f, 0.8f], 0));

    [Fact]
    public void Masks_of_no_predicted_quality_count_alike() => Assert.Equal(25.5f, SeedlingAnswer.RaisedMean.Logits(Masks, new float[4], 0).Span[0], 1e-3f);
}
