using Maskwright.Training.Torch;

namespace Maskwright.Training.Losses;

/// <summary>Losses between mask logits and soft masks; every mask counts alike, however large.</summary>
internal static class MaskLoss
{
    private const double Smallest = 1e-6;

    /// <summary>Focal loss for soft targets, normalised so that its weights have mean one.</summary>
    /// <param name="logits">[P,M,h,w].</param>
    /// <param name="target">[P,1,h,w], 0 to 1.</param>
    /// <param name="known">[P,1,h,w], 0 to 1: how much a pixel counts.</param>
    /// <param name="exponent">How much more wrong pixels count; 0 gives cross-entropy.</param>
    /// <returns>[P,M].</returns>
    /// <remarks>
    /// Lin et al. 2017, with |probability - target| as in Li et al. 2020 (quality focal loss), and normalised by the weights' sum, through which no
    /// gradient flows, as in Sofiiuk et al. 2021 (RITM): easy masks still teach something at their edges.
    /// </remarks>
    public static TorchTensor Focal(TorchTensor logits, TorchTensor target, TorchTensor known, double exponent)
    {
        return CrossEntropy(logits, target).mul(Shares(logits, target, known, exponent)).sum([2, 3]);
    }

    /// <summary>One minus twice the overlap over the sum of areas.</summary>
    /// <param name="logits">[P,M,h,w].</param>
    /// <param name="target">[P,1,h,w], 0 to 1.</param>
    /// <param name="known">[P,1,h,w].</param>
    /// <returns>[P,M] in [0,1].</returns>
    /// <remarks>Milletari et al. 2016, with areas instead of squares, and 1 added above and below.</remarks>
    public static TorchTensor Dice(TorchTensor logits, TorchTensor target, TorchTensor known)
    {
        var probability = torch.sigmoid(logits).mul(known);
        var overlap = probability.mul(target).sum([2, 3]);
        var areas = probability.sum([2, 3]).add(target.mul(known).sum([2, 3]), TorchNumber.One);
        return overlap.mul(TorchNumber.Of(-2)).add(areas, TorchNumber.One).div(areas.add(TorchNumber.One, TorchNumber.One)); // 1 - (2o + 1) / (a + 1)
    }

    /// <summary>The IoU of the masks that the logits show; no gradient flows through it.</summary>
    /// <returns>[P,M] in [0,1].</returns>
    public static TorchTensor Iou(TorchTensor logits, TorchTensor target, TorchTensor known)
    {
        using var still = torch.no_grad();
        var found = logits.gt(TorchNumber.Of(0)).to_type(torch.ScalarType.Float32).mul(known);
        var wanted = target.gt(TorchNumber.Of(0.5)).to_type(torch.ScalarType.Float32).mul(known);
        var both = found.mul(wanted).sum([2, 3]);
        var any = found.sum([2, 3]).add(wanted.sum([2, 3]), TorchNumber.One).sub(both);
        return both.div(any.clamp_min(TorchNumber.Of(1)));
    }

    /// <summary>Cross-entropy of a map of logits where it is known, the rare value of a two-valued map counting more.</summary>
    /// <param name="logits">[B,1,h,w].</param>
    /// <param name="target">[B,1,h,w], 0 to 1.</param>
    /// <param name="known">[B,1,h,w].</param>
    /// <param name="positiveWeight">How much more a target of 1 counts than one of 0.</param>
    /// <returns>A scalar.</returns>
    public static TorchTensor Map(TorchTensor logits, TorchTensor target, TorchTensor known, double positiveWeight)
    {
        var weight = known.add(known.mul(target), TorchNumber.Of(positiveWeight - 1));
        return CrossEntropy(logits, target).mul(weight).sum().div(weight.sum().add(TorchNumber.One, TorchNumber.One));
    }

    private static TorchTensor Shares(TorchTensor logits, TorchTensor target, TorchTensor known, double exponent)
    {
        using var still = torch.no_grad();
        var error = torch.sigmoid(logits).sub(target).abs();
        var weight = (exponent == 2 ? error.mul(error) : error.pow(TorchNumber.Of(exponent))).mul(known);
        return weight.div(weight.sum([2, 3], keepdim: true).add(TorchNumber.Of(Smallest), TorchNumber.One));
    }

    private static TorchTensor CrossEntropy(TorchTensor logits, TorchTensor target) =>
        torch.nn.functional.binary_cross_entropy_with_logits(logits, target.expand_as(logits), reduction: torch.nn.Reduction.None);
}
