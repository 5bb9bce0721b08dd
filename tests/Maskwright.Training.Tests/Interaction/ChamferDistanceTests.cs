using Maskwright.Masks;
using Maskwright.PostProcessing;
using Maskwright.Training.Data;
using Maskwright.Training.Interaction;
using Xunit;

namespace Maskwright.Training.Tests.Interaction;

public class ChamferDistanceTests
{
    [Fact]
    public void Is_within_a_tenth_of_the_exact_distance()
    {
        const int width = 40, height = 30;
        var random = new SampleRandom(7);
        var inside = new bool[width * height];
        var framed = new BinaryMask(width + 2, height + 2);
        for (var i = 0; i < inside.Length; i++)
        {
            inside[i] = random.Chance(0.97);
            framed[(i % width) + 1, (i / width) + 1] = inside[i];
        }

        var distances = ChamferDistance.FromOutside(inside, width);

        var exact = DistanceTransform.Of(framed).ToDistances();
        Assert.All(Enumerable.Range(0, inside.Length), i =>
        {
            var truth = exact[(((i / width) + 1) * (width + 2)) + (i % width) + 1];
            Assert.InRange(distances[i] / 3.0, truth * 0.9, truth * 1.1);
        });
    }

    [Fact]
    public void The_border_counts_as_outside_only_when_asked()
    {
        bool[] inside = [true, true, true, false];

        Assert.Equal([3, 3, 3, 0], ChamferDistance.FromOutside(inside, 4));
        Assert.Equal([9, 6, 3, 0], ChamferDistance.FromOutsideWithin(inside, 4));
    }
}
