namespace Maskwright.Training.Losses;

/// <summary>Teaches a quality head to tell the better masks of one object from the worse, however well or badly the object is found at all.</summary>
/// <remarks>
/// The squared error of predictions and truths, each less its mean over the object's masks: what all masks of an object have in common, which is most of the
/// plain squared error, is left out. It equals the mean over pairs of (difference predicted - difference true)^2 / 2.
/// </remarks>
internal static class RankingLoss
{
    /// <summary>The mean over objects and masks.</summary>
    /// <param name="predicted">[P,K] predicted IoU of K masks of each object.</param>
    /// <param name="truth">[P,K] their IoU; no gradient flows to it.</param>
    /// <returns>A scalar.</returns>
    public static TorchTensor Of(TorchTensor predicted, TorchTensor truth)
    {
        var error = predicted.sub(truth.detach());
        var own = error.sub(error.mean([1], keepdim: true));
        return own.mul(own).mean();
    }
}
