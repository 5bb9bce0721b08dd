using Maskwright.Training.Data;
using Maskwright.Training.Interaction;
using Xunit;

namespace Maskwright.Training.Tests.Interaction;

public class SimulatedUserTests
{
    private const int Side = 64;

    [Fact]
    public void The_first_click_lies_on_the_object()
    {
        foreach (var seed in Enumerable.Range(0, 40))
        {
            var user = User(seed, new InteractionOptions { BoxProbability = 0 });

            user.Begin(new SampleRandom(seed));

            Assert.Equal([ClickLabel.Foreground, ClickLabel.Padding], user.Clicks.Select(c => c.Label));
            Assert.True(user.Target.Holds((int)user.Clicks[0].X, (int)user.Clicks[0].Y));
        }
    }

    [Fact]
    public void A_box_lies_around_the_object_and_is_a_little_off()
    {
        var user = User(1, new InteractionOptions { BoxProbability = 1, BoxNoise = 0.05 });

        user.Begin(new SampleRandom(1));

        var bounds = user.Target.Bounds;
        Assert.Equal([ClickLabel.BoxStart, ClickLabel.BoxEnd], user.Clicks.Select(c => c.Label));
        Assert.InRange(user.Clicks[0].X, bounds.X - (0.3 * bounds.Width), bounds.X + (0.3 * bounds.Width));
        Assert.InRange(user.Clicks[1].Y, bounds.Bottom - (0.3 * bounds.Height), bounds.Bottom + (0.3 * bounds.Height));
    }

    [Fact]
    public void Corrections_say_the_truth_at_the_very_pixel()
    {
        foreach (var seed in Enumerable.Range(0, 40))
        {
            var user = User(seed, new InteractionOptions());
            var random = new SampleRandom(seed, 1);
            user.Begin(random);
            var logits = Enumerable.Range(0, Side * Side / 16).Select(_ => (float)random.NextNormal()).ToArray();

            user.Correct(logits, random);

            var click = user.Clicks[^1];
            Assert.Equal(user.Target.Holds((int)click.X, (int)click.Y), click.Label == ClickLabel.Foreground);
        }
    }

    [Fact]
    public void Where_too_much_was_found_the_click_says_so()
    {
        var user = User(3, new InteractionOptions());
        user.Begin(new SampleRandom(3));
        var everything = Enumerable.Repeat(5f, Side * Side / 16).ToArray();

        user.Correct(everything, new SampleRandom(4));

        Assert.Equal(ClickLabel.Background, user.Clicks[^1].Label);
    }

    private static SimulatedUser User(int seed, InteractionOptions options)
    {
        var photo = PaintedScenesOf(seed);
        var crop = new TrainingCrop(Side, photo.Image.Pixels.ToArray(), [photo.Annotations[0].Layers[0]], true);
        return new SimulatedUser(new ObjectTarget(crop, crop.Objects(16)[0]), options);
    }

    private static LabelledPhoto PaintedScenesOf(int seed) => Data.PaintedScenes.Draw(Side, seed);
}
