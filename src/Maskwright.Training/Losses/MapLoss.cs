using Maskwright.Training.Torch;

namespace Maskwright.Training.Losses;

/// <summary>How far one network's map is from another's.</summary>
internal static class MapLoss
{
    private const double Smallest = 1e-12;

    /// <summary>The squared error over the target's variance: 0 for equal maps, 1 for who tells every channel's mean. No gradient flows to the target.</summary>
    /// <param name="told">[B,C,h,w].</param>
    /// <param name="target">Of the same shape.</param>
    /// <returns>A scalar.</returns>
    public static TorchTensor UnexplainedShare(TorchTensor told, TorchTensor target)
    {
        using var scope = torch.NewDisposeScope();
        var still = target.detach();
        var variance = RegressionLoss.Squared(still.mean([0, 2, 3], keepdim: true), still);
        return RegressionLoss.Squared(told, still).div(variance.add(TorchNumber.Of(Smallest), TorchNumber.One)).MoveToOuterDisposeScope();
    }
}
