using Maskwright.Metrics;
using Xunit;

namespace Maskwright.Tests.Metrics;

public sealed class BootstrapTests
{
    [Fact]
    public void The_interval_of_a_mean_is_that_of_the_normal_law_for_many_values()
    {
        var random = new Random(5);
        double[] values = [.. Enumerable.Range(0, 400).Select(_ => random.NextDouble())];
        var mean = values.Average();
        var error = Math.Sqrt(values.Average(v => (v - mean) * (v - mean)) / values.Length);

        var interval = Bootstrap.OfMean(values, new BootstrapOptions { Resamples = 4000 });

        Assert.Equal(mean, interval.Value, 12);
        Assert.Equal(mean - (1.96 * error), interval.Low, 0.1 * error);
        Assert.Equal(mean + (1.96 * error), interval.High, 0.1 * error);
    }

    [Fact]
    public void The_same_seed_gives_the_same_interval()
    {
        double[] values = [0.1, 0.5, 0.9, 0.3];

        Assert.Equal(Bootstrap.OfMean(values), Bootstrap.OfMean(values));
        Assert.Equal(new ConfidenceInterval(0.4, 0.4, 0.4, 0.95), Bootstrap.OfMean([0.4]));
    }

    [Fact]
    public void A_model_that_is_always_better_is_told_from_one_that_is_not()
    {
        double[] first = [.. Enumerable.Range(0, 40).Select(i => 0.5 + (0.001 * i))];
        double[] better = [.. first.Select(v => v + 0.05)];
        double[] alike = [.. first.Select((v, i) => v + (i % 2 == 0 ? 0.05 : -0.05))];

        var (clear, unclear) = (Bootstrap.Compare(first, better), Bootstrap.Compare(first, alike));

        Assert.True(clear.PValue < 0.001 && clear.Difference.Low > 0.04);
        Assert.Equal((40, 0, 0), (clear.SecondBetter, clear.FirstBetter, clear.Ties));
        Assert.True(unclear.PValue > 0.5 && unclear.Difference.Low < 0 && unclear.Difference.High > 0);
        Assert.Equal(1, Bootstrap.Compare(first, first).PValue);
    }

    [Fact]
    public void What_cannot_be_resampled_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Bootstrap.OfMean([]));
        Assert.Throws<ArgumentException>(() => Bootstrap.OfMean([double.NaN]));
        Assert.Throws<ArgumentException>(() => Bootstrap.Compare([1], [1, 2]));
        Assert.Throws<ArgumentException>(() => Bootstrap.OfMean([1], new BootstrapOptions { Confidence = 1 }));
    }

    [Fact]
    public void Groups_show_unequal_quality()
    {
        (double Area, double Iou)[] items = [(100, 0.5), (200, 0.7), (5000, 0.9), (20000, 0.95), (900, 0.6)];

        var groups = GroupScore.ByGroup(items, item => GroupScore.SizeGroup(item.Area), item => item.Iou);

        Assert.Equal(["large", "medium", "small"], groups.Select(g => g.Group));
        Assert.Equal((3, 0.6), (groups[2].Count, Math.Round(groups[2].Mean.Value, 12)));
        Assert.InRange(groups[2].Mean.Low, 0.5, 0.6);
    }
}
