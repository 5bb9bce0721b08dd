using Maskwright.Networks.Seedling;
using Maskwright.Segmentation;
using Xunit;

namespace Maskwright.Networks.Tests.Seedling;

public sealed class SeedlingAnswersTests
{
    private static readonly float[] s_qualities = [0.5f, 0.25f, 1, 0];
    private static readonly Prompt s_click = Prompt.Point(1, 1);

    // Two cells a mask.
    private static float[] Masks => [10, 1, 20, 2, 30, 3, 40, 4];

    [Fact]
    public void Readings_are_the_masks_after_the_first()
    {
        Assert.Equal(3, SeedlingAnswers.Count(multimask: true));
        Assert.Equal([0.25f, 1, 0], Enumerable.Range(0, 3).Select(i => SeedlingAnswers.Quality(s_qualities, i, s_click, multimask: true)));
        Assert.Equal([20, 2, 30, 3, 40, 4], Enumerable.Range(0, 3).SelectMany(i => SeedlingAnswers.Logits(Masks, s_qualities, i, s_click, multimask: true).ToArray()));
    }

    [Fact]
    public void The_answer_to_an_open_prompt_is_the_raised_mean_of_all_masks_with_the_likelier_ones_foremost()
    {
        double[] weights = [Math.Pow(0.5, 4), Math.Pow(0.25, 4), 1, 0];
        var expected = new[] { 0, 1 }.Select(cell => (float)(weights.Select((weight, mask) => weight * Masks[(2 * mask) + cell]).Sum() / weights.Sum()) + 0.5f);
        Prompt[] open = [s_click, s_click.AndPoint(2, 2, isPositive: false), Prompt.InBox(0, 0, 4, 4), new Prompt()];

        foreach (var prompt in open)
        {
            Assert.All(expected.Zip(SeedlingAnswers.Logits(Masks, s_qualities, 0, prompt, multimask: false).ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-3f));
            Assert.Equal(weights.Zip(s_qualities, (weight, quality) => weight * quality).Sum() / weights.Sum(), SeedlingAnswers.Quality(s_qualities, 0, prompt, multimask: false), 1e-4);
        }
    }

    [Fact]
    public void A_mean_is_thought_no_worse_than_the_first_mask()
    {
        Assert.Equal(0.9f, SeedlingAnswers.Quality([0.9f, 0.8f, 0.8f, 0.8f], 0, s_click, multimask: false));
    }

    [Fact]
    public void The_answer_to_a_clear_prompt_is_the_first_mask()
    {
        Prompt[] clear = [s_click.AndPoint(2, 2).AndPoint(3, 3), Prompt.InBox(0, 0, 4, 4).AndPoint(2, 2)];

        foreach (var prompt in clear)
        {
            Assert.Equal([10, 1], SeedlingAnswers.Logits(Masks, s_qualities, 0, prompt, multimask: false).ToArray());
            Assert.Equal(0.5f, SeedlingAnswers.Quality(s_qualities, 0, prompt, multimask: false));
        }
    }

    [Fact]
    public void Masks_of_no_predicted_quality_count_alike()
    {
        Assert.Equal(25.5f, SeedlingAnswers.Logits(Masks, new float[4], 0, s_click, multimask: false).Span[0], 1e-3f);
    }
}
