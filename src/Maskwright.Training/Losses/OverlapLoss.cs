using Maskwright.Training.Torch;

namespace Maskwright.Training.Losses;

/// <summary>One minus how much two soft masks overlap, meant over masks; every mask counts alike, however large.</summary>
/// <remarks>
/// With p the probabilities, t the target and sums over the pixels of a mask. Smoothing keeps empty masks defined: an empty answer to an empty target costs nothing.
/// </remarks>
public static class OverlapLoss
{
    /// <summary>1 - (2 sum p t + s) / (sum p + sum t + s).</summary>
    /// <param name="logits">[M,...]: masks on the first axis.</param>
    /// <param name="target">Of the same shape, 0 to 1.</param>
    /// <param name="smoothing">s, &gt; 0.</param>
    /// <param name="isSquared">Whether the sums below the line are of squares.</param>
    /// <returns>A scalar in [0,1].</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="smoothing"/> is not positive.</exception>
    /// <remarks>Milletari et al. 2016 (V-Net) with squares; without, as in most later work.</remarks>
    public static TorchTensor Dice(TorchTensor logits, TorchTensor target, double smoothing = 1, bool isSquared = false) =>
        Mean(logits, target, smoothing, (p, t) =>
        {
            var areas = isSquared ? Area(p.square()) + Area(t.square()) : Area(p) + Area(t);
            return Smoothed(Area(p * t).mul(TorchNumber.Of(2)), smoothing).div(Smoothed(areas, smoothing));
        });

    /// <summary>1 - (sum p t + s) / (sum p t + a sum p (1 - t) + b sum (1 - p) t + s).</summary>
    /// <param name="logits">[M,...]: masks on the first axis.</param>
    /// <param name="target">Of the same shape, 0 to 1.</param>
    /// <param name="falsePositive">a, the cost of what is wrongly inside.</param>
    /// <param name="falseNegative">b, the cost of what is wrongly outside.</param>
    /// <param name="smoothing">s, &gt; 0.</param>
    /// <returns>A scalar in [0,1].</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="smoothing"/> is not positive.</exception>
    /// <remarks>Salehi et al. 2017; a = b = 1/2 is Dice, a = b = 1 is IoU.</remarks>
    public static TorchTensor Tversky(TorchTensor logits, TorchTensor target, double falsePositive = 0.3, double falseNegative = 0.7, double smoothing = 1) =>
        Mean(logits, target, smoothing, (p, t) =>
        {
            var overlap = Area(p * t);
            var wrong = Area(p * TorchNumber.Complement(t)).mul(TorchNumber.Of(falsePositive)).add(Area(TorchNumber.Complement(p) * t), TorchNumber.Of(falseNegative));
            return Smoothed(overlap, smoothing).div(Smoothed(overlap + wrong, smoothing));
        });

    /// <summary>1 - (sum p t + s) / (sum p + sum t - sum p t + s).</summary>
    /// <param name="logits">[M,...]: masks on the first axis.</param>
    /// <param name="target">Of the same shape, 0 to 1.</param>
    /// <param name="smoothing">s, &gt; 0.</param>
    /// <returns>A scalar in [0,1].</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="smoothing"/> is not positive.</exception>
    public static TorchTensor Iou(TorchTensor logits, TorchTensor target, double smoothing = 1) => Tversky(logits, target, 1, 1, smoothing);

    /// <summary>For classes: 1 - (2 sum p t + s) / (sum p + sum t + s) over all pixels of the batch that are not void, meant over the classes that occur.</summary>
    /// <param name="logits">[B,K,...], unbounded.</param>
    /// <param name="labels">[B,...] of 64-bit integers: 0 to K-1, or void.</param>
    /// <param name="voidLabel">The label of pixels that count nothing.</param>
    /// <param name="smoothing">s, &gt; 0.</param>
    /// <returns>A scalar in [0,1]; 0 where every pixel is void.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="smoothing"/> is not positive.</exception>
    /// <remarks>Milletari et al. 2016 without squares, a term a class as in Sudre et al. 2017; every class counts alike, however rare it is.</remarks>
    public static TorchTensor ClassDice(TorchTensor logits, TorchTensor labels, long voidLabel = 255, double smoothing = 1)
    {
        ArgumentNullException.ThrowIfNull(logits);
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(smoothing);
        using var scope = torch.NewDisposeScope();
        var (probabilities, target, occurring) = ClassShares.Of(logits, labels, voidLabel);
        if (occurring.numel() == 0)
        {
            return logits.sum().mul(TorchNumber.Of(0)).MoveToOuterDisposeScope();
        }

        var overlap = Smoothed(Area(probabilities * target).mul(TorchNumber.Of(2)), smoothing).div(Smoothed(Area(probabilities) + Area(target), smoothing));
        return TorchNumber.Complement(overlap.index_select(0, occurring)).mean().MoveToOuterDisposeScope();
    }

    private static TorchTensor Mean(TorchTensor logits, TorchTensor target, double smoothing, Func<TorchTensor, TorchTensor, TorchTensor> overlap)
    {
        ArgumentNullException.ThrowIfNull(logits);
        ArgumentNullException.ThrowIfNull(target);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(smoothing);
        using var scope = torch.NewDisposeScope();
        return TorchNumber.Complement(overlap(logits.flatten(1).sigmoid(), target.flatten(1))).mean().MoveToOuterDisposeScope();
    }

    private static TorchTensor Smoothed(TorchTensor area, double smoothing) => area.add(TorchNumber.Of(smoothing), TorchNumber.One);

    private static TorchTensor Area(TorchTensor mask) => mask.sum(1); // [M,N] -> [M]
}
