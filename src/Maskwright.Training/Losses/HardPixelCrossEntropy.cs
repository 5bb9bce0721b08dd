using Maskwright.Training.Torch;

namespace Maskwright.Training.Losses;

/// <summary>Cross-entropy over the pixels that the network finds hard.</summary>
/// <remarks>Shrivastava et al. 2016, "Training region-based object detectors with online hard example mining", for pixels.</remarks>
public static class HardPixelCrossEntropy
{
    /// <summary>The mean over pixels whose right class gets less than a probability, or over the hardest where those are too few.</summary>
    /// <param name="logits">[B,K,...], unbounded.</param>
    /// <param name="labels">[B,...] of 64-bit integers: 0 to K-1, or void.</param>
    /// <param name="easyProbability">From which probability on a pixel is easy, in (0,1).</param>
    /// <param name="minHardFraction">The share of pixels, void ones not counted, that is hard at least, in (0,1].</param>
    /// <param name="options">How classes count; null for all alike and void 255.</param>
    /// <returns>A scalar; 0 where every pixel is void.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public static TorchTensor Of(TorchTensor logits, TorchTensor labels, double easyProbability = 0.7, double minHardFraction = 1.0 / 16, ClassLossOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(logits);
        ArgumentNullException.ThrowIfNull(labels);
        Require(easyProbability is > 0 and < 1, nameof(easyProbability), easyProbability);
        Require(minHardFraction is > 0 and <= 1, nameof(minHardFraction), minHardFraction);
        options ??= new ClassLossOptions();
        using var scope = torch.NewDisposeScope();
        var isAsked = labels.ne(TorchNumber.OfLabel(options.VoidLabel)).flatten();
        var losses = ClassCrossEntropy.EachPixel(logits, labels, options).flatten().masked_select(isAsked);
        if (losses.numel() == 0)
        {
            return logits.sum().mul(TorchNumber.Of(0)).MoveToOuterDisposeScope();
        }

        var least = Math.Max(1, (long)Math.Ceiling(minHardFraction * losses.numel()));
        var hardest = losses.detach().topk((int)least).values.min().item<float>();
        using var limit = Math.Min(hardest, -Math.Log(easyProbability)).ToScalar();
        return losses.masked_select(losses.ge(limit)).mean().MoveToOuterDisposeScope();
    }

    private static void Require(bool isIn, string name, double value)
    {
        if (!isIn)
        {
            throw new ArgumentOutOfRangeException(name, value, "Must be above 0 and not above 1.");
        }
    }
}
