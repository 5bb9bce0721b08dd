using Maskwright.Training.Torch;

namespace Maskwright.Training.Losses;

/// <summary>Cross-entropy between mask logits and masks.</summary>
public static class BinaryCrossEntropy
{
    /// <summary>The mean over all pixels of -w t log p - (1 - t) log(1 - p).</summary>
    /// <param name="logits">Any shape, unbounded.</param>
    /// <param name="target">Of the same shape, 0 to 1.</param>
    /// <param name="positiveWeight">w, how much more an inside pixel counts than an outside one; &gt; 0.</param>
    /// <returns>A scalar.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="positiveWeight"/> is not positive.</exception>
    public static TorchTensor Of(TorchTensor logits, TorchTensor target, double positiveWeight = 1)
    {
        ArgumentNullException.ThrowIfNull(logits);
        ArgumentNullException.ThrowIfNull(target);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(positiveWeight);
        using var scope = torch.NewDisposeScope();
        return EachPixel(logits, target, positiveWeight).mean().MoveToOuterDisposeScope();
    }

    /// <summary>The same, for every pixel; numerically safe for logits of any size.</summary>
    internal static TorchTensor EachPixel(TorchTensor logits, TorchTensor target, double positiveWeight = 1)
    {
        var loss = torch.nn.functional.binary_cross_entropy_with_logits(logits, target, reduction: torch.nn.Reduction.None);
        if (positiveWeight == 1)
        {
            return loss;
        }

        var inside = torch.nn.functional.binary_cross_entropy_with_logits(logits, torch.ones_like(target), reduction: torch.nn.Reduction.None); // -log p
        return loss.add(target.mul(inside), TorchNumber.Of(positiveWeight - 1));
    }
}
