using Maskwright.Training.Torch;

namespace Maskwright.Training.Losses;

/// <summary>Cross-entropy that counts pixels less the better they are known already.</summary>
/// <remarks>Lin et al. 2017, "Focal loss for dense object detection"; torchvision <c>sigmoid_focal_loss</c>.</remarks>
public static class FocalLoss
{
    /// <summary>The mean over all pixels of a (1 - q)^gamma times the cross-entropy, q being the probability given to the right answer.</summary>
    /// <param name="logits">Any shape, unbounded.</param>
    /// <param name="target">Of the same shape, 0 to 1.</param>
    /// <param name="alpha">a of inside pixels, in [0,1], that of outside pixels being 1 - alpha; null counts both fully.</param>
    /// <param name="gamma">At least 0; 0 gives the cross-entropy.</param>
    /// <returns>A scalar.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public static TorchTensor Of(TorchTensor logits, TorchTensor target, double? alpha = 0.25, double gamma = 2)
    {
        ArgumentNullException.ThrowIfNull(logits);
        ArgumentNullException.ThrowIfNull(target);
        ArgumentOutOfRangeException.ThrowIfNegative(gamma);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(alpha ?? 1, 1, nameof(alpha));
        ArgumentOutOfRangeException.ThrowIfNegative(alpha ?? 0, nameof(alpha));
        using var scope = torch.NewDisposeScope();
        var probability = logits.sigmoid();
        var wrong = probability.add(target, TorchNumber.One).add(probability.mul(target), TorchNumber.Of(-2)); // 1 - q
        var loss = BinaryCrossEntropy.EachPixel(logits, target) * wrong.pow(TorchNumber.Of(gamma));
        loss = alpha is { } a ? loss.mul(target.mul(TorchNumber.Of((2 * a) - 1)).add(TorchNumber.Of(1 - a), TorchNumber.One)) : loss;
        return loss.mean().MoveToOuterDisposeScope();
    }
}
