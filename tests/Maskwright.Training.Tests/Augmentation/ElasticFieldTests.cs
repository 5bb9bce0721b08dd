using Maskwright.Training.Augmentation;
using Maskwright.Training.Data;
using Xunit;

namespace Maskwright.Training.Tests.Augmentation;

public class ElasticFieldTests
{
    private const int Side = 96;

    [Fact]
    public void Goes_through_the_drawn_vector_in_the_middle()
    {
        var (random, odd) = (new SampleRandom(3), 97);
        var drawn = Enumerable.Range(0, 9).Select(_ => (X: 10 * random.NextNormal(), Y: 10 * random.NextNormal())).ToList();

        var (x, y) = ElasticField.Draw(odd, 3, 10, new SampleRandom(3)).At(48, 48);

        Assert.Equal(drawn[4].X, x, 1e-4);
        Assert.Equal(drawn[4].Y, y, 1e-4);
    }

    [Fact]
    public void Halfway_between_two_knots_lies_their_mean()
    {
        // two knots: with the border repeated, halfway lies the mean of the corners
        var random = new SampleRandom(8);
        var drawn = Enumerable.Range(0, 4).Select(_ => (X: random.NextNormal(), Y: random.NextNormal())).ToList();

        var (x, y) = ElasticField.Draw(33, 2, 1, new SampleRandom(8)).At(16, 16);

        Assert.Equal(drawn.Average(v => v.X), x, 1e-5);
        Assert.Equal(drawn.Average(v => v.Y), y, 1e-5);
    }

    [Fact]
    public void Neighbouring_pixels_are_shifted_alike()
    {
        var field = ElasticField.Draw(Side, 3, 4, new SampleRandom(5));

        var steps = from y in Enumerable.Range(0, Side) from x in Enumerable.Range(1, Side - 1) select Math.Abs(field.At(x, y).X - field.At(x - 1, y).X);

        Assert.InRange(steps.Max(), 1e-3, 1); // 4 pixels a knot, knots 48 apart
    }

    [Fact]
    public void Shifts_are_as_large_as_was_asked()
    {
        var middles = Enumerable.Range(0, 500).Select(seed => ElasticField.Draw(9, 3, 10, new SampleRandom(seed)).At(4, 4)).ToList();

        Assert.InRange(middles.Average(m => m.X), -1.5, 1.5);
        Assert.InRange(Math.Sqrt(middles.Average(m => (m.X * m.X) + (m.Y * m.Y)) / 2), 9, 11);
    }
}
