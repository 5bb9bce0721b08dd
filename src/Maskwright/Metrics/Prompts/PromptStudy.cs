using Maskwright.Images;
using Maskwright.Masks;
using Maskwright.Segmentation;

namespace Maskwright.Metrics;

/// <summary>Measures on one image how well a prompt segmenter answers clicks and boxes, and how many objects everything mode finds.</summary>
public static class PromptStudy
{
    /// <summary>Measures all objects of an image.</summary>
    /// <param name="image">The image.</param>
    /// <param name="targets">Its objects.</param>
    /// <param name="segmenter">Answers clicks and boxes.</param>
    /// <param name="generator">Finds everything; null to leave everything mode out.</param>
    /// <param name="options">What is measured; null for all.</param>
    /// <param name="cancellationToken">Stops between prompts.</param>
    /// <returns>One answer an object, in their order.</returns>
    /// <exception cref="ArgumentException">A target is empty or of another size, or all of it is ignored; or the options are not valid.</exception>
    /// <remarks>
    /// The average recall takes the best proposal for each object, not one object a proposal: objects of several annotators, and wholes with their parts, do not
    /// compete. Proposals are ranked by the IoU that the model predicts; those of equal rank keep the generator's order.
    /// </remarks>
    public static IReadOnlyList<PromptAnswer> Measure(
        RgbImage image,
        IReadOnlyList<PromptTarget> targets,
        IPromptSegmenter segmenter,
        IMaskGenerator? generator,
        PromptStudyOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentNullException.ThrowIfNull(segmenter);
        options ??= new PromptStudyOptions();
        if (targets.Count == 0)
        {
            return [];
        }

        var answers = new PromptAnswer[targets.Count];
        using (var embedding = segmenter.Encode(image, cancellationToken))
        {
            for (var i = 0; i < answers.Length; i++)
            {
                answers[i] = Ask(segmenter, embedding, targets[i], options, cancellationToken);
            }
        }

        return generator is null ? answers : AddRecall(answers, targets, generator.Generate(image, null, cancellationToken), options);
    }

    /// <summary>The IoU of a mask with a target, what is ignored left out; in [0,1].</summary>
    /// <param name="mask">The mask.</param>
    /// <param name="target">The target, of the same size.</param>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    public static double Iou(BinaryMask mask, PromptTarget target)
    {
        ArgumentNullException.ThrowIfNull(target);
        return PromptQuality.Iou(mask, target.Mask, target.Ignored);
    }

    private static PromptAnswer Ask(
        IPromptSegmenter segmenter, ImageEmbedding embedding, PromptTarget target, PromptStudyOptions options, CancellationToken cancellationToken)
    {
        var answer = new PromptAnswer();
        if (options.Clicks is { } clicks)
        {
            answer = answer with { Clicks = PromptQuality.Click(segmenter, embedding, target.Mask, target.Ignored, clicks, cancellationToken) };
        }

        if (options.AsksForSeveral)
        {
            var click = answer.Clicks?.Clicks[0] ?? new RobotUser(target.Mask, target.Ignored).Next(null)
                ?? throw new ArgumentException("All of a target lies on ignored pixels.", nameof(target));
            var several = segmenter.Decode(embedding, new Prompt { Points = [click] }, multimask: true, cancellationToken: cancellationToken);
            answer = answer with { BestOfSeveralIou = several.Max(proposal => Iou(proposal.Mask.ToBinaryMask(), target)) };
        }

        return options.AsksForBoxes
            ? answer with { BoxIou = PromptQuality.BoxIou(segmenter, embedding, target.Mask, target.Ignored, cancellationToken) }
            : answer;
    }

    private static PromptAnswer[] AddRecall(PromptAnswer[] answers, IReadOnlyList<PromptTarget> targets, GenerationResult result, PromptStudyOptions options)
    {
        BinaryMask[] proposals = [.. result.Proposals.OrderByDescending(p => p.PredictedIou).Take(options.ProposalCounts[^1]).Select(p => p.Mask.ToBinaryMask())];
        var complete = new PromptAnswer[answers.Length];
        ParallelLoop.Run(answers.Length, i =>
        {
            double[] ious = [.. proposals.Select(proposal => Iou(proposal, targets[i]))];
            complete[i] = answers[i] with { ProposalIous = [.. options.ProposalCounts.Select(count => ious.Take(count).DefaultIfEmpty(0).Max())] };
        });
        return complete;
    }
}
