using Maskwright.Training.Torch;

namespace Maskwright.Training.Losses;

/// <summary>Cross-entropy between class logits and labels that counts pixels less the better they are known already.</summary>
/// <remarks>Lin et al. 2017, "Focal loss for dense object detection", with the softmax of K classes instead of a sigmoid.</remarks>
public static class ClassFocalLoss
{
    /// <summary>The weighted mean over pixels that are not void of (1 - q)^gamma times the cross-entropy, q being the probability given to the right class; 0 where all are void.</summary>
    /// <param name="logits">[B,K,...], unbounded.</param>
    /// <param name="labels">[B,...] of 64-bit integers: 0 to K-1, or void.</param>
    /// <param name="gamma">At least 0; 0 gives <see cref="ClassCrossEntropy"/>.</param>
    /// <param name="options">How classes count; null for all alike and void 255.</param>
    /// <returns>A scalar.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="gamma"/> is negative.</exception>
    public static TorchTensor Of(TorchTensor logits, TorchTensor labels, double gamma = 2, ClassLossOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(logits);
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentOutOfRangeException.ThrowIfNegative(gamma);
        options ??= new ClassLossOptions();
        using var scope = torch.NewDisposeScope();
        var isAsked = labels.ne(TorchNumber.OfLabel(options.VoidLabel)).flatten();
        var asked = labels.flatten().masked_select(isAsked);
        if (asked.numel() == 0)
        {
            return logits.sum().mul(TorchNumber.Of(0)).MoveToOuterDisposeScope();
        }

        TorchTensor EachAsked(ClassLossOptions how) => ClassCrossEntropy.EachPixel(logits, labels, how).flatten().masked_select(isAsked);
        var surprise = EachAsked(new ClassLossOptions { VoidLabel = options.VoidLabel }); // -log q
        var wrong = TorchNumber.Complement(surprise.neg().exp()).clamp_min(TorchNumber.Of(Least)).pow(TorchNumber.Of(gamma));
        var weights = options.ClassWeights is { } given ? torch.tensor([.. given], device: logits.device).index_select(0, asked) : torch.ones_like(wrong);
        return (EachAsked(options) * wrong).sum().div(weights.sum()).MoveToOuterDisposeScope();
    }

    // Keeps the slope of the power finite where a pixel is surely right.
    private const double Least = 1e-8;
}
