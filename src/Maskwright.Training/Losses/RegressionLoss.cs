using Maskwright.Training.Torch;

namespace Maskwright.Training.Losses;

/// <summary>Losses between numbers, such as box offsets and predicted qualities; means over all elements.</summary>
public static class RegressionLoss
{
    /// <summary>Of d, the difference: d^2 / (2 beta) where |d| is below beta, |d| - beta/2 elsewhere.</summary>
    /// <param name="prediction">Any shape.</param>
    /// <param name="target">Of the same shape.</param>
    /// <param name="beta">Where the square ends, &gt; 0.</param>
    /// <returns>A scalar.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="beta"/> is not positive.</exception>
    /// <remarks>Girshick 2015 (Fast R-CNN).</remarks>
    public static TorchTensor SmoothL1(TorchTensor prediction, TorchTensor target, double beta = 1)
    {
        ArgumentNullException.ThrowIfNull(prediction);
        ArgumentNullException.ThrowIfNull(target);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(beta);
        using var scope = torch.NewDisposeScope();
        var distance = (prediction - target).abs();
        var near = distance.square().mul(TorchNumber.Of(0.5 / beta));
        var loss = torch.where(distance.lt(TorchNumber.Of(beta)), near, distance.add(TorchNumber.Of(-0.5 * beta), TorchNumber.One));
        return loss.mean().MoveToOuterDisposeScope();
    }

    /// <summary>Beta times <see cref="SmoothL1"/>: d^2 / 2 where |d| is below delta, delta (|d| - delta/2) elsewhere.</summary>
    /// <param name="prediction">Any shape.</param>
    /// <param name="target">Of the same shape.</param>
    /// <param name="delta">Where the square ends, &gt; 0.</param>
    /// <returns>A scalar.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="delta"/> is not positive.</exception>
    /// <remarks>Huber 1964.</remarks>
    public static TorchTensor Huber(TorchTensor prediction, TorchTensor target, double delta = 1)
    {
        using var scope = torch.NewDisposeScope();
        return SmoothL1(prediction, target, delta).mul(TorchNumber.Of(delta)).MoveToOuterDisposeScope();
    }

    /// <summary>The mean squared difference.</summary>
    /// <param name="prediction">Any shape.</param>
    /// <param name="target">Of the same shape.</param>
    /// <returns>A scalar.</returns>
    public static TorchTensor Squared(TorchTensor prediction, TorchTensor target)
    {
        ArgumentNullException.ThrowIfNull(prediction);
        ArgumentNullException.ThrowIfNull(target);
        using var scope = torch.NewDisposeScope();
        return (prediction - target).square().mean().MoveToOuterDisposeScope();
    }
}
