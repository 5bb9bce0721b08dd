using Maskwright.Masks;
using Maskwright.Segmentation;

namespace Maskwright.Metrics;

/// <summary>Measures how well a prompt segmenter answers clicks and boxes on one object.</summary>
public static class PromptQuality
{
    /// <summary>Lets the robot user click until the mask is good enough.</summary>
    /// <param name="segmenter">Made the embedding.</param>
    /// <param name="embedding">Of the image.</param>
    /// <param name="target">The object; not empty.</param>
    /// <param name="ignored">Pixels that count neither as right nor as wrong; null for none.</param>
    /// <param name="options">The session; null for the customs.</param>
    /// <param name="cancellationToken">Stops between clicks.</param>
    /// <exception cref="ArgumentException">The target is empty, sizes differ, or the options are not valid.</exception>
    /// <remarks>See <see cref="RobotUser"/>. When nothing is left to click at, the session ends.</remarks>
    public static ClickCurve Click(
        IPromptSegmenter segmenter,
        ImageEmbedding embedding,
        BinaryMask target,
        BinaryMask? ignored = null,
        ClickStudyOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(segmenter);
        CheckTarget(embedding, target);
        options ??= new ClickStudyOptions();
        options.Validate();
        var user = new RobotUser(target, ignored);
        var isFirstMultimask = options.IsFirstMultimask ?? segmenter.PrefersReadingsOfOneClick;
        var (prompt, mask, ious) = (new Prompt(), (BinaryMask?)null, new List<double>());
        while (ious.Count < options.MaxClicks && user.Next(mask) is { } click)
        {
            cancellationToken.ThrowIfCancellationRequested();
            prompt = prompt with { Points = [.. prompt.Points, click] };
            var answer = Answer(segmenter, embedding, prompt, isFirstMultimask && ious.Count == 0, cancellationToken);
            mask = answer.Mask.ToBinaryMask();
            ious.Add(Iou(mask, target, ignored));
            prompt = options.FeedsMaskHint ? prompt with { MaskHint = answer.Logits } : prompt;
            if (options.StopIou is { } stop && ious[^1] >= stop)
            {
                break;
            }
        }

        return ious.Count > 0
            ? new ClickCurve(prompt.Points, ious, options.MaxClicks)
            : throw new ArgumentException("All of the target lies on ignored pixels.", nameof(ignored));
    }

    /// <summary>The IoU of the answer to the tight box around an object, in [0,1].</summary>
    /// <param name="segmenter">Made the embedding.</param>
    /// <param name="embedding">Of the image.</param>
    /// <param name="target">The object; not empty.</param>
    /// <param name="ignored">Pixels that count neither as right nor as wrong; null for none.</param>
    /// <param name="cancellationToken">Stops between steps.</param>
    /// <exception cref="ArgumentException">The target is empty, or sizes differ.</exception>
    public static double BoxIou(
        IPromptSegmenter segmenter,
        ImageEmbedding embedding,
        BinaryMask target,
        BinaryMask? ignored = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(segmenter);
        CheckTarget(embedding, target);
        var bounds = target.Bounds();
        var answer = Answer(segmenter, embedding, Prompt.InBox(bounds.X, bounds.Y, bounds.Right, bounds.Bottom), multimask: false, cancellationToken);
        return Iou(answer.Mask.ToBinaryMask(), target, ignored);
    }

    private static MaskProposal Answer(IPromptSegmenter segmenter, ImageEmbedding embedding, Prompt prompt, bool multimask, CancellationToken cancellationToken) =>
        segmenter.Decode(embedding, prompt, multimask, cancellationToken: cancellationToken).MaxBy(proposal => proposal.PredictedIou)
            ?? throw new InvalidOperationException($"{segmenter.Name} gave no mask.");

    internal static double Iou(BinaryMask mask, BinaryMask target, BinaryMask? ignored) => ignored is null
        ? MaskOverlap.Of(mask, target).Iou
        : MaskOverlap.Of(Without(mask, ignored), Without(target, ignored)).Iou;

    private static BinaryMask Without(BinaryMask mask, BinaryMask ignored)
    {
        var rest = mask.Clone();
        for (var i = 0; i < rest.Words.Length; i++)
        {
            rest.Words[i] &= ~ignored.Words[i];
        }

        return rest;
    }

    private static void CheckTarget(ImageEmbedding embedding, BinaryMask target)
    {
        ArgumentNullException.ThrowIfNull(embedding);
        ArgumentNullException.ThrowIfNull(target);
        if (target.Size != embedding.ImageSize || target.Area() == 0)
        {
            throw new ArgumentException($"The target must be a mask of {embedding.ImageSize} with pixels; it is {target.Size} with {target.Area()}.", nameof(target));
        }
    }
}
