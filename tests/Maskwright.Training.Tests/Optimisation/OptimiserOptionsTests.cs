using Maskwright.Training.Optimisation;
using Xunit;

namespace Maskwright.Training.Tests.Optimisation;

public class OptimiserOptionsTests
{
    private static readonly OptimiserOptions s_options = new() { LearningRate = 1, WarmUpSteps = 10, FinalFraction = 0.1 };

    [Theory]
    [InlineData(0, 0.1)]
    [InlineData(9, 1)]
    [InlineData(10, 1)]
    [InlineData(55, 0.55)]
    [InlineData(100, 0.1)]
    [InlineData(500, 0.1)]
    public void The_rate_warms_up_and_falls_by_half_a_cosine(long step, double rate) => Assert.Equal(rate, s_options.RateAt(step, 100), 1e-9);

    [Theory]
    [InlineData(50, 1)]
    [InlineData(80, 1)]
    [InlineData(90, 0.55)]
    public void The_rate_stays_until_the_last_steps_where_they_are_given(long step, double rate) =>
        Assert.Equal(rate, (s_options with { DecaySteps = 20 }).RateAt(step, 100), 1e-9);

    [Theory]
    [InlineData(10, 1, 1)]
    [InlineData(55, 1, 0.55)]
    [InlineData(55, 2, 0.325)]
    [InlineData(82, 0.5, 0.5024922359499622)]
    [InlineData(100, 0.9, 0.1)]
    public void The_rate_falls_by_a_power_of_what_is_left(long step, double power, double rate) =>
        Assert.Equal(rate, (s_options with { Schedule = RateSchedule.Poly, Power = power }).RateAt(step, 100), 1e-9);

    [Fact]
    public void All_faults_are_told_at_once()
    {
        var fault = Assert.Throws<ArgumentException>(() => (s_options with { LearningRate = 0, Beta1 = 1 }).Validate());

        Assert.Contains("learningRate", fault.Message, StringComparison.Ordinal);
        Assert.Contains("beta1", fault.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => (s_options with { IsNesterov = true }).Validate());
        (s_options with { IsNesterov = true, Kind = OptimiserKind.Sgd }).Validate();
    }
}
