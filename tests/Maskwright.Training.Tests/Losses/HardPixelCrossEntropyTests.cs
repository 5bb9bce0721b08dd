using Maskwright.Training.Losses;
using TorchSharp;
using Xunit;

namespace Maskwright.Training.Tests.Losses;

public class HardPixelCrossEntropyTests
{
    // Probabilities of the right class: 0.9, 0.6, 0.5, 0.2, and one void pixel.
    private static readonly float[] s_right = [0.9f, 0.6f, 0.5f, 0.2f, 0.1f];

    [Theory]
    [InlineData(0.7, 0.01, 0.6, 0.5, 0.2)]
    [InlineData(0.3, 0.01, 0.2)]
    [InlineData(0.3, 0.5, 0.5, 0.2)]
    [InlineData(0.05, 1.0, 0.9, 0.6, 0.5, 0.2)]
    public void Means_over_the_hard_pixels_and_at_least_a_share(double easy, double least, params double[] counted)
    {
        using var scope = torch.NewDisposeScope();
        var (logits, labels) = Pixels();

        var loss = HardPixelCrossEntropy.Of(logits, labels, easy, least);

        Assert.Equal(counted.Average(p => -Math.Log(p)), loss.item<float>(), 1e-5);
    }

    [Fact]
    public void An_image_of_void_costs_nothing_and_teaches_nothing()
    {
        using var scope = torch.NewDisposeScope();
        var logits = torch.ones(1, 2, 5).requires_grad_();
        var labels = torch.full([1, 5], 255L, torch.ScalarType.Int64);

        var losses = HardPixelCrossEntropy.Of(logits, labels) + ClassCrossEntropy.Of(logits, labels) + LovaszLoss.Softmax(logits, labels);
        losses.backward();

        Assert.Equal(0, losses.item<float>());
        Assert.Equal(0, logits.grad!.abs().sum().item<float>()); // backward has set it
    }

    private static (torch.Tensor Logits, torch.Tensor Labels) Pixels()
    {
        var right = torch.tensor(s_right).reshape(1, 1, 5);
        return (torch.cat([right.log(), (1 - right).log()], 1), torch.tensor(new long[] { 0, 0, 0, 0, 255 }).reshape(1, 5));
    }
}
