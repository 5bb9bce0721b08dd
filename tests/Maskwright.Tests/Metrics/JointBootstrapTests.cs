using Maskwright.Metrics;
using Xunit;

namespace Maskwright.Tests.Metrics;

public sealed class JointBootstrapTests
{
    private static readonly BootstrapOptions s_options = new() { Resamples = 500, Seed = 3 };

    [Fact]
    public void A_surely_better_model_has_a_small_p_and_an_interval_above_nothing()
    {
        double[] first = [.. Enumerable.Range(0, 40).Select(i => i / 40.0)];

        var drawn = JointBootstrap.Run(40, [Mean(first), Mean([.. first.Select(v => v + 0.1)])], s_options);

        var difference = drawn.Compare(0, 1, 0);
        Assert.Equal(0.1, difference.Difference.Low, 12);
        Assert.Equal(0.1, difference.Difference.High, 12);
        Assert.Equal(1, difference.SecondHigher);
        Assert.Equal(2.0 / 501, difference.PValue, 12);
        Assert.InRange(drawn.Interval(0, 0).Low, 0.3, drawn.Value(0, 0));
    }

    [Fact]
    public void A_model_against_itself_is_no_different()
    {
        double[] values = [1, 2, 3];

        var difference = JointBootstrap.Run(3, [Mean(values), Mean(values)], s_options).Compare(0, 1, 0);

        Assert.Equal((0.0, 1.0, 0.5), (difference.Difference.Value, difference.PValue, difference.SecondHigher));
    }

    [Fact]
    public void Strata_keep_their_sizes_in_every_draw()
    {
        var sizes = new HashSet<(int, int)>();

        JointBootstrap.Run(
            5,
            [weights =>
            {
                lock (sizes)
                {
                    sizes.Add((weights[0] + weights[2], weights[1] + weights[3] + weights[4]));
                }

                return [0];
            }],
            s_options,
            [7, 1, 7, 1, 1]);

        Assert.Equal([(2, 3)], sizes);
    }

    [Fact]
    public void Draws_without_a_value_are_left_out()
    {
        // The measure exists only where the first item was drawn.
        var drawn = JointBootstrap.Run(4, [weights => [weights[0] == 0 ? double.NaN : 1]], s_options);

        Assert.Equal(new ConfidenceInterval(1, 1, 1, 0.95), drawn.Interval(0, 0));
    }

    [Fact]
    public void Models_with_other_measures_and_missing_strata_are_refused()
    {
        Assert.Throws<ArgumentException>(() => JointBootstrap.Run(2, [_ => [1], _ => [1, 2]], s_options));
        Assert.Throws<ArgumentException>(() => JointBootstrap.Run(2, [_ => [1]], s_options, [1]));
        Assert.Throws<ArgumentException>(() => JointBootstrap.Run(2, [], s_options));
    }

    private static Func<int[], double[]> Mean(double[] values) =>
        weights => [weights.Zip(values, (w, v) => w * v).Sum() / weights.Sum()];
}
