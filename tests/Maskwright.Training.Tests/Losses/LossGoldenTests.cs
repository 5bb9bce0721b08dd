using Maskwright.Testing;
using Maskwright.Training.Losses;
using Maskwright.Training.Tests.Gradients;
using TorchSharp;
using Xunit;

namespace Maskwright.Training.Tests.Losses;

/// <summary>Losses and their gradients equal PyTorch's and torchvision's.</summary>
[Trait("Kind", "parity")]
public class LossGoldenTests
{
    private const double Tolerance = 1e-4;

    public static TheoryData<string> MaskLosses => [.. s_maskLosses.Keys];

    public static TheoryData<string> ClassLosses => [.. s_classLosses.Keys];

    private static readonly ClassLossOptions s_weighted = new() { ClassWeights = [1, 2, 0.5f, 1.5f, 3] };

    private static readonly Dictionary<string, Func<torch.Tensor, torch.Tensor, torch.Tensor>> s_maskLosses = new()
    {
        ["bce_mean"] = (x, t) => BinaryCrossEntropy.Of(x, t),
        ["bce_pos_weight_2.5"] = (x, t) => BinaryCrossEntropy.Of(x, t, 2.5),
        ["focal_a0.25_g2_mean"] = (x, t) => FocalLoss.Of(x, t),
        ["focal_noalpha_g1.5_mean"] = (x, t) => FocalLoss.Of(x, t, alpha: null, gamma: 1.5),
        ["dice_smooth1"] = (x, t) => OverlapLoss.Dice(x, t),
        ["dice_smooth1e-6"] = (x, t) => OverlapLoss.Dice(x, t, 1e-6),
        ["dice_squared_smooth1"] = (x, t) => OverlapLoss.Dice(x, t, isSquared: true),
        ["tversky_a0.3_b0.7"] = (x, t) => OverlapLoss.Tversky(x, t),
        ["soft_iou_smooth1"] = (x, t) => OverlapLoss.Iou(x, t),
        ["sam_20focal_plus_dice"] = (x, t) => (20 * FocalLoss.Of(x, t)) + OverlapLoss.Dice(x, t),
        ["mse_sigmoid"] = (x, t) => RegressionLoss.Squared(x.sigmoid(), t),
        ["smooth_l1_beta0.5"] = (x, t) => RegressionLoss.SmoothL1(x, t, 0.5),
        ["huber_1.3"] = (x, t) => RegressionLoss.Huber(x, t, 1.3),
    };

    private static readonly Dictionary<string, Func<torch.Tensor, torch.Tensor, torch.Tensor>> s_classLosses = new()
    {
        ["ce_ignore255"] = (x, t) => ClassCrossEntropy.Of(x, t),
        ["ce_weighted"] = (x, t) => ClassCrossEntropy.Of(x, t, s_weighted),
        ["ce_smoothing0.1"] = (x, t) => ClassCrossEntropy.Of(x, t, new ClassLossOptions { LabelSmoothing = 0.1 }),
        ["ce_weighted_smoothing0.1"] = (x, t) => ClassCrossEntropy.Of(x, t, s_weighted with { LabelSmoothing = 0.1 }),
        ["ce_sum"] = (x, t) => ClassCrossEntropy.Sum(x, t),
    };

    [Theory]
    [MemberData(nameof(MaskLosses))]
    public void Mask_losses_equal_the_reference_s(string name)
    {
        using var scope = torch.NewDisposeScope();
        var target = TorchArrays.Synthetic("input:loss_t", 3, 16, 20).gt(0.2).to_type(torch.ScalarType.Float32);

        AssertEqual(name, s_maskLosses[name], TorchArrays.Synthetic("input:loss_x", 3, 16, 20) * 3, target);
    }

    [Theory]
    [MemberData(nameof(ClassLosses))]
    public void Class_losses_equal_the_reference_s(string name)
    {
        using var scope = torch.NewDisposeScope();
        var labels = ((TorchArrays.Synthetic("input:ce_t", 2, 9, 10) + 1) / 2 * 5).floor().to_type(torch.ScalarType.Int64);
        labels[0, 0] = torch.tensor(255L);

        AssertEqual(name, s_classLosses[name], TorchArrays.Synthetic("input:ce_x", 2, 5, 9, 10) * 2, labels);
    }

    private static void AssertEqual(string name, Func<torch.Tensor, torch.Tensor, torch.Tensor> loss, torch.Tensor logits, torch.Tensor target)
    {
        var golden = GoldenCase.Open("gradients", "losses");
        var x = logits.detach().requires_grad_();

        var value = loss(x, target);
        value.backward();

        var expected = golden.Outputs.GetProperty(name).GetDouble();
        Assert.Equal(expected, value.item<float>(), Tolerance * expected);
        golden.Output($"{name}_grad").AssertClose(x.grad!.Floats(), Tolerance); // backward has set it
    }
}
