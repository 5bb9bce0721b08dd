using Maskwright.Training.Torch;

namespace Maskwright.Training.Losses;

/// <summary>The convex continuation of one minus IoU: the loss that falls exactly as the measure rises.</summary>
/// <remarks>Berman et al. 2018, "The Lovász-Softmax loss". Errors are sorted from the largest; each weighs what adding its pixel to the wrong ones adds to 1 - IoU.</remarks>
public static class LovaszLoss
{
    /// <summary>For one mask an image: the mean over images of the continuation at the hinge errors 1 - logit * sign.</summary>
    /// <param name="logits">[B,...], unbounded.</param>
    /// <param name="target">Of the same shape, 0 or 1.</param>
    /// <returns>A scalar.</returns>
    public static TorchTensor Hinge(TorchTensor logits, TorchTensor target)
    {
        ArgumentNullException.ThrowIfNull(logits);
        ArgumentNullException.ThrowIfNull(target);
        using var scope = torch.NewDisposeScope();
        var signs = target.flatten(1).mul(TorchNumber.Of(2)).add(TorchNumber.Of(-1), TorchNumber.One);
        var errors = TorchNumber.Complement(logits.flatten(1).mul(signs)).relu();
        return Continuation(errors, target.flatten(1)).mean().MoveToOuterDisposeScope();
    }

    /// <summary>For classes: the mean over the classes that occur of the continuation at the errors |target - probability| over the whole batch.</summary>
    /// <param name="logits">[B,K,...], unbounded.</param>
    /// <param name="labels">[B,...] of 64-bit integers: 0 to K-1, or void.</param>
    /// <param name="voidLabel">The label of pixels that count nothing.</param>
    /// <returns>A scalar; 0 where every pixel is void.</returns>
    public static TorchTensor Softmax(TorchTensor logits, TorchTensor labels, long voidLabel = 255)
    {
        ArgumentNullException.ThrowIfNull(logits);
        ArgumentNullException.ThrowIfNull(labels);
        using var scope = torch.NewDisposeScope();
        var (probabilities, target, occurring) = ClassShares.Of(logits, labels, voidLabel);
        return (occurring.numel() == 0
            ? logits.sum().mul(TorchNumber.Of(0))
            : Continuation((target - probabilities).abs().index_select(0, occurring), target.index_select(0, occurring)).mean()).MoveToOuterDisposeScope();
    }

    // Errors and target [M,N] -> [M].
    private static TorchTensor Continuation(TorchTensor errors, TorchTensor target)
    {
        var (sorted, order) = errors.sort(1, descending: true);
        return (sorted * Weights(target.gather(1, order))).sum(1);
    }

    // What 1 - IoU becomes when the first n pixels are wrong, taken apart into what each adds.
    private static TorchTensor Weights(TorchTensor sortedTarget)
    {
        var area = sortedTarget.sum(1, keepdim: true);
        var overlap = area - sortedTarget.cumsum(1);
        var union = area + TorchNumber.Complement(sortedTarget).cumsum(1);
        var loss = TorchNumber.Complement(overlap.div(union));
        return torch.cat([loss.narrow(1, 0, 1), loss.narrow(1, 1, loss.shape[1] - 1) - loss.narrow(1, 0, loss.shape[1] - 1)], 1).detach();
    }
}
