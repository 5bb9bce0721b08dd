using Maskwright.Training.Interaction;
using Maskwright.Training.Torch;

namespace Maskwright.Training.Losses;

/// <summary>How far a network's answers are from a teacher's, which are soft masks with qualities (Hinton et al. 2015).</summary>
/// <remarks>
/// The first output learns the teacher's favourite, and its quality how good the teacher believes that to be times how alike both are; every mask of the
/// teacher is learned by that other output which is nearest to it, so that no order of the outputs is supposed.
/// </remarks>
internal static class DistillationLoss
{
    /// <summary>The mean over prompts.</summary>
    /// <param name="masks">[P,M,h,w] logits.</param>
    /// <param name="quality">[P,M] predicted IoU.</param>
    /// <param name="taught">T masks a prompt.</param>
    /// <param name="options">How the parts of the loss are weighed.</param>
    /// <returns>A scalar.</returns>
    public static TorchTensor Of(TorchTensor masks, TorchTensor quality, TeacherAnswers taught, LossOptions options)
    {
        var known = torch.ones_like(taught.Masks.narrow(1, 0, 1));
        TorchTensor Each(TorchTensor outputs, long mask)
        {
            var target = taught.Masks.narrow(1, mask, 1);
            var focal = MaskLoss.Focal(outputs, target, known, options.FocalExponent);
            return focal.mul(TorchNumber.Of(options.Focal)).add(MaskLoss.Dice(outputs, target, known), TorchNumber.Of(options.Dice)); // [P,M]
        }

        var first = masks.narrow(1, 0, 1);
        var loss = Each(first, 0).mean();
        var others = masks.shape[1] - 1;
        if (others > 0)
        {
            var rest = masks.narrow(1, 1, others);
            var nearest = torch.stack([.. Enumerable.Range(0, (int)taught.Masks.shape[1]).Select(mask => Each(rest, mask).amin([1]))]);
            loss = loss.add(nearest.mean(), TorchNumber.Of(options.Ambiguous));
        }

        var alike = MaskLoss.Iou(first, taught.Masks.narrow(1, 0, 1), known).mul(taught.Quality.narrow(1, 0, 1));
        var error = quality.narrow(1, 0, 1).sub(alike);
        return loss.add(error.mul(error).mean(), TorchNumber.Of(options.Quality));
    }
}
