using Maskwright.Training.Losses;
using Maskwright.Training.Tests.Gradients;
using TorchSharp;
using Xunit;

namespace Maskwright.Training.Tests.Losses;

/// <summary>Losses between the scores of classes and labels, beside sums worked out by hand.</summary>
public class ClassLossTests
{
    // Three pixels, two classes: the first class gets 3/4, 1/2 and 1/4; the right classes are 0, 1 and 0; a fourth pixel is void.
    private static torch.Tensor Logits => torch.tensor(new[] { MathF.Log(3), 0, -MathF.Log(3), 5, 0, 0, 0, -5 }).reshape(1, 2, 4);

    private static torch.Tensor Labels => torch.tensor(new[] { 0L, 1, 0, 255 }).reshape(1, 4);

    [Fact]
    public void Focal_loss_is_as_by_hand()
    {
        using var scope = torch.NewDisposeScope();

        var loss = ClassFocalLoss.Of(Logits, Labels).item<float>();

        var byHand = ((0.0625 * Math.Log(4 / 3.0)) + (0.25 * Math.Log(2)) + (0.5625 * Math.Log(4))) / 3;
        Assert.Equal(byHand, loss, 1e-5);
    }

    [Fact]
    public void Focal_loss_weighs_classes_as_cross_entropy_does()
    {
        using var scope = torch.NewDisposeScope();
        var options = new ClassLossOptions { ClassWeights = [1, 3] };

        var loss = ClassFocalLoss.Of(Logits, Labels, options: options).item<float>();

        var byHand = ((0.0625 * Math.Log(4 / 3.0)) + (3 * 0.25 * Math.Log(2)) + (0.5625 * Math.Log(4))) / 5;
        Assert.Equal(byHand, loss, 1e-5);
        Assert.Equal(ClassCrossEntropy.Of(Logits, Labels, options).item<float>(), ClassFocalLoss.Of(Logits, Labels, 0, options).item<float>(), 1e-5);
    }

    [Fact]
    public void Dice_loss_is_as_by_hand()
    {
        using var scope = torch.NewDisposeScope();

        var loss = OverlapLoss.ClassDice(Logits, Labels).item<float>();

        // class 0: p t = 3/4 + 1/4, p = 3/2, t = 2; class 1: p t = 1/2, p = 3/2, t = 1; one is added above and below
        Assert.Equal(1 - (((3 / 4.5) + (2 / 3.5)) / 2), loss, 1e-5);
    }

    [Fact]
    public void A_class_that_does_not_occur_adds_no_dice_loss_of_its_own()
    {
        using var scope = torch.NewDisposeScope();
        var logits = torch.cat([Logits, torch.full([1, 1, 4], (-100.0f).ToScalar())], 1);

        Assert.Equal(OverlapLoss.ClassDice(Logits, Labels).item<float>(), OverlapLoss.ClassDice(logits, Labels).item<float>(), 1e-5);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Nothing_but_void_costs_nothing_and_pulls_nowhere(bool isFocal)
    {
        using var scope = torch.NewDisposeScope();
        var logits = Logits.detach().requires_grad_();
        var labels = torch.full_like(Labels, 255L.ToScalar());

        var loss = isFocal ? ClassFocalLoss.Of(logits, labels) : OverlapLoss.ClassDice(logits, labels);
        loss.backward();

        Assert.Equal(0, loss.item<float>());
        Assert.All(logits.grad!.Floats(), g => Assert.Equal(0, g));
    }

    [Fact]
    public void A_surely_right_pixel_has_a_finite_slope_whatever_the_exponent()
    {
        using var scope = torch.NewDisposeScope();
        var logits = torch.tensor(new[] { 200f, -200 }).reshape(1, 2, 1).requires_grad_();

        ClassFocalLoss.Of(logits, torch.tensor(new[] { 0L }).reshape(1, 1), gamma: 0.5).backward();

        Assert.All(logits.grad!.Floats(), g => Assert.True(float.IsFinite(g)));
    }
}
