using Maskwright.Training.Torch;
using static TorchSharp.torch.nn;

namespace Maskwright.Training.Losses;

/// <summary>Cross-entropy between class logits and labels.</summary>
public static class ClassCrossEntropy
{
    /// <summary>The weighted mean over pixels that are not void; 0 where all are.</summary>
    /// <param name="logits">[B,K,...], unbounded.</param>
    /// <param name="labels">[B,...] of 64-bit integers: 0 to K-1, or void.</param>
    /// <param name="options">How classes count; null for all alike and void 255.</param>
    /// <returns>A scalar.</returns>
    /// <remarks>PyTorch's <c>cross_entropy</c>; deviation: PyTorch gives NaN where every pixel is void.</remarks>
    public static TorchTensor Of(TorchTensor logits, TorchTensor labels, ClassLossOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(logits);
        ArgumentNullException.ThrowIfNull(labels);
        options ??= new ClassLossOptions();
        using var scope = torch.NewDisposeScope();
        var isAsked = labels.ne(TorchNumber.OfLabel(options.VoidLabel)).any().item<bool>();
        var loss = isAsked ? Compute(logits, labels, options, Reduction.Mean) : logits.sum().mul(TorchNumber.Of(0));
        return loss.MoveToOuterDisposeScope();
    }

    /// <summary>The weighted sum over pixels that are not void.</summary>
    /// <param name="logits">[B,K,...], unbounded.</param>
    /// <param name="labels">[B,...] of 64-bit integers: 0 to K-1, or void.</param>
    /// <param name="options">How classes count; null for all alike and void 255.</param>
    /// <returns>A scalar.</returns>
    public static TorchTensor Sum(TorchTensor logits, TorchTensor labels, ClassLossOptions? options = null) => Reduce(logits, labels, options, Reduction.Sum);

    /// <summary>The loss of every pixel, 0 for void ones.</summary>
    /// <returns>[B,...].</returns>
    internal static TorchTensor EachPixel(TorchTensor logits, TorchTensor labels, ClassLossOptions options) => Reduce(logits, labels, options, Reduction.None);

    private static TorchTensor Reduce(TorchTensor logits, TorchTensor labels, ClassLossOptions? options, Reduction reduction)
    {
        ArgumentNullException.ThrowIfNull(logits);
        ArgumentNullException.ThrowIfNull(labels);
        using var scope = torch.NewDisposeScope();
        return Compute(logits, labels, options ?? new ClassLossOptions(), reduction).MoveToOuterDisposeScope();
    }

    private static TorchTensor Compute(TorchTensor logits, TorchTensor labels, ClassLossOptions options, Reduction reduction)
    {
        var weights = options.ClassWeights is { } given ? torch.tensor([.. given], device: logits.device) : null;
        return functional.cross_entropy(logits, labels, weights, options.VoidLabel, reduction, options.LabelSmoothing);
    }
}
