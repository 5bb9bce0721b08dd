using Maskwright.Training.Data;
using Maskwright.Training.Detection;
using Xunit;

namespace Maskwright.Training.Tests.Detection;

public class BalancedSamplingTests
{
    private static readonly int[] s_matches = [0, 1, 2, 3, .. Enumerable.Repeat(BoxMatching.Background, 20), BoxMatching.Undecided];

    [Theory]
    [InlineData(8, 0.25, 2, 6)]
    [InlineData(16, 0.5, 4, 12)]
    [InlineData(64, 0.25, 4, 20)]
    public void Background_fills_what_objects_leave(int count, double fraction, int objects, int background)
    {
        var drawn = BalancedSampling.Draw(s_matches, count, fraction, new SampleRandom(1));

        Assert.Equal((objects, background), (drawn.Objects.Distinct().Count(), drawn.Background.Distinct().Count()));
        Assert.All(drawn.Objects, i => Assert.InRange(s_matches[i], 0, 3));
        Assert.All(drawn.Background, i => Assert.Equal(BoxMatching.Background, s_matches[i]));
    }

    [Fact]
    public void Equal_seeds_draw_alike_and_others_do_not()
    {
        int[] Draw(int seed) => BalancedSampling.Draw(s_matches, 8, 0.5, new SampleRandom(seed)).Background;

        Assert.Equal(Draw(1), Draw(1));
        Assert.NotEqual(Draw(1), Draw(2));
    }
}
