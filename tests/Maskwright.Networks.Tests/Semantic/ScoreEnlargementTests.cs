using Maskwright.Geometry;
using Maskwright.Networks.Semantic;
using Xunit;

namespace Maskwright.Networks.Tests.Semantic;

public class ScoreEnlargementTests
{
    [Theory]
    [InlineData(5, 4, 13, 9)]
    [InlineData(16, 12, 7, 30)]
    [InlineData(1, 1, 4, 3)]
    [InlineData(6, 6, 6, 6)]
    public void Labels_are_those_of_the_greatest_interpolated_score(int width, int height, int newWidth, int newHeight)
    {
        const int classes = 4;
        var (random, from, to) = (new Random(7), new ImageSize(width, height), new ImageSize(newWidth, newHeight));
        float[] scores = [.. Enumerable.Range(0, classes * width * height).Select(_ => random.NextSingle())];
        var planes = new float[classes][];
        for (var k = 0; k < classes; k++)
        {
            planes[k] = new float[newWidth * newHeight];
            BilinearPlane.Resize(scores.AsSpan(k * width * height, width * height), height, width, newHeight, newWidth, planes[k]);
        }

        var labels = ScoreEnlargement.Labels(scores, classes, from, to).Labels.ToArray();

        Assert.Equal(Enumerable.Range(0, newWidth * newHeight).Select(i => Enumerable.Range(0, classes).MaxBy(k => planes[k][i])), labels);
    }
}
