using Maskwright.Training.Interaction;
using Maskwright.Training.Losses;
using Xunit;
using TorchTensor = TorchSharp.torch.Tensor;

namespace Maskwright.Training.Tests.Losses;

public class MaskLossTests
{
    private static readonly float[] s_logits = [2, -1, 0.5f, -3];
    private static readonly float[] s_target = [1, 1, 0, 0];
    private static readonly float[] s_known = [1, 1, 1, 0];

    [Fact]
    public void Focal_is_the_cross_entropy_weighed_by_squared_errors_of_known_pixels()
    {
        var loss = MaskLoss.Focal(Map(s_logits), Map(s_target), Map(s_known), 2).item<float>();

        double sum = 0, weights = 0;
        for (var i = 0; i < 4; i++)
        {
            var p = Sigmoid(s_logits[i]);
            var weight = Math.Pow(p - s_target[i], 2) * s_known[i];
            sum -= weight * Math.Log(s_target[i] > 0 ? p : 1 - p);
            weights += weight;
        }

        Assert.Equal(sum / weights, loss, 1e-4);
    }

    [Fact]
    public void Dice_is_zero_for_a_sure_and_right_mask_and_counts_known_pixels_only()
    {
        Assert.Equal(0, MaskLoss.Dice(Map([50, 50, -50, 50]), Map(s_target), Map(s_known)).item<float>(), 1e-5);

        var expected = 1 - (((2 * (Sigmoid(2) + Sigmoid(-1))) + 1) / (Sigmoid(2) + Sigmoid(-1) + Sigmoid(0.5) + 2 + 1));
        Assert.Equal(expected, MaskLoss.Dice(Map(s_logits), Map(s_target), Map(s_known)).item<float>(), 1e-5);
    }

    [Fact]
    public void Iou_compares_what_is_above_zero_with_what_is_more_than_half_covered() =>
        Assert.Equal(1 / 3.0, MaskLoss.Iou(Map(s_logits), Map(s_target), Map(s_known)).item<float>(), 1e-5);

    [Fact]
    public void A_map_of_which_nothing_is_known_costs_nothing() =>
        Assert.Equal(0, MaskLoss.Map(Map(s_logits), Map(s_target), Map([0, 0, 0, 0]), 4).item<float>());

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    private static TorchTensor Map(float[] values) => PromptTensors.Of(values, 1, 1, 2, 2);
}
