using Maskwright.Networks.Classic;
using Xunit;

namespace Maskwright.Networks.Tests.Classic;

public sealed class LabelSmoothingTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(37, 1, 5)]
    [InlineData(64, 48, 12)]
    [InlineData(97, 61, 2000)]
    public void Looking_at_open_pixels_only_gives_what_looking_at_all_gives(int width, int height, int count)
    {
        var image = WorkingImage.From(TestScenes.Photo(width, height), Math.Max(width, height));
        var random = new Random(count);
        count = Math.Min(count, width * height);
        int[] labels = [.. Enumerable.Range(0, width * height).Select(i => i < count ? i : random.Next(count))];
        int[] expected = [.. labels];
        SweepAll(expected, count, image);

        LabelSmoothing.Smooth(labels, count, image);

        Assert.Equal(expected, labels);
    }

    private static void SweepAll(int[] labels, int count, WorkingImage image)
    {
        var (means, areas) = LabelSmoothing.Measure(labels, count, image);
        for (var i = 0; i < LabelSmoothing.Sweeps * labels.Length; i++)
        {
            var pixel = i % labels.Length;
            var best = LabelSmoothing.Best(labels, pixel, image, means);
            if (areas[labels[pixel]] > 1)
            {
                areas[labels[pixel]]--;
                areas[best]++;
                labels[pixel] = best;
            }
        }
    }
}
