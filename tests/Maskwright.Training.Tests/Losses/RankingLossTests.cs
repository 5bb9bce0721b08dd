using Maskwright.Training.Interaction;
using Maskwright.Training.Losses;
using Xunit;

namespace Maskwright.Training.Tests.Losses;

public class RankingLossTests
{
    [Fact]
    public void Costs_nothing_where_all_masks_of_an_object_are_wrong_by_the_same()
    {
        using var predicted = PromptTensors.Of([0.5f, 0.7f, 0.4f, 0.9f, 0.8f, 0.6f], 2, 3);
        using var truth = PromptTensors.Of([0.2f, 0.4f, 0.1f, 1.0f, 0.9f, 0.7f], 2, 3);

        Assert.Equal(0, RankingLoss.Of(predicted, truth).item<float>(), 1e-6);
    }

    [Fact]
    public void Is_half_the_mean_square_of_wrong_differences()
    {
        using var predicted = PromptTensors.Of([0.9f, 0.1f], 1, 2);
        using var truth = PromptTensors.Of([0.3f, 0.5f], 1, 2);

        // Predicted 0.8 apart, in truth -0.2: of the four ordered pairs, two are wrong by 1.
        Assert.Equal(2 * 1.0 / 4 / 2, RankingLoss.Of(predicted, truth).item<float>(), 1e-6);
    }
}
