using Maskwright.Training.Interaction;
using Maskwright.Training.Losses;
using TorchSharp;
using Xunit;

namespace Maskwright.Training.Tests.Losses;

public class MapLossTests
{
    // Two channels of four cells, with means 2 and 10 and squared distances from them of 8 and 2.
    private static readonly float[] s_map = [0, 2, 4, 2, 9, 10, 11, 10];

    [Fact]
    public void Equal_maps_have_no_error_and_the_channels_means_have_one()
    {
        Assert.Equal(0, Error(s_map));
        Assert.Equal(1, Error([2, 2, 2, 2, 10, 10, 10, 10]), 1e-6);
    }

    [Fact]
    public void Errors_are_a_share_of_the_variance_of_all_channels_together() =>
        Assert.Equal((4 + 1) / 10.0, Error([2, 2, 4, 2, 9, 10, 11, 9]), 1e-6);

    [Fact]
    public void Gradients_flow_to_what_is_told_only()
    {
        using var scope = torch.NewDisposeScope();
        var told = PromptTensors.Of(new float[8], 1, 2, 2, 2).requires_grad_();
        var target = PromptTensors.Of(s_map, 1, 2, 2, 2).requires_grad_();

        MapLoss.UnexplainedShare(told, target).backward();

        Assert.All(PromptTensors.ToArray(told.grad!).Zip(s_map), pair => Assert.Equal(-2 * pair.Second / 10, pair.First, 1e-5));
        Assert.Null(target.grad);
    }

    private static float Error(float[] told) => MapLoss.UnexplainedShare(PromptTensors.Of(told, 1, 2, 2, 2), PromptTensors.Of(s_map, 1, 2, 2, 2)).item<float>();
}
