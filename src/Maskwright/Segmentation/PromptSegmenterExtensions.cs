using Maskwright.Geometry;
using Maskwright.Masks;

namespace Maskwright.Segmentation;

/// <summary>From prompts to masks in one call, for every prompt segmenter.</summary>
public static class PromptSegmenterExtensions
{
    /// <summary>Answers one prompt with masks at the image's size.</summary>
    /// <param name="segmenter">Made the embedding.</param>
    /// <param name="embedding">What the segmenter knows about the image.</param>
    /// <param name="prompt">One object, in original image pixels.</param>
    /// <param name="multimask">True: several masks (whole, part, subpart); false: one.</param>
    /// <param name="stabilityOffset">How far the threshold is moved to measure stability, in logits, at least 0.</param>
    /// <param name="cancellationToken">Stops between steps.</param>
    /// <returns>The masks in the model's order, each with its logits, so that it can be a hint to a later prompt.</returns>
    /// <exception cref="ArgumentException">The prompt is not valid on this image, or the embedding is another segmenter's.</exception>
    public static IReadOnlyList<MaskProposal> Decode(
        this IPromptSegmenter segmenter,
        ImageEmbedding embedding,
        Prompt prompt,
        bool multimask = true,
        double stabilityOffset = 1.0,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        return segmenter.Decode(embedding, [prompt], multimask, stabilityOffset, cancellationToken)[0];
    }

    /// <summary>Answers several prompts, each for an object of its own, with masks at the image's size.</summary>
    /// <param name="segmenter">Made the embedding.</param>
    /// <param name="embedding">What the segmenter knows about the image.</param>
    /// <param name="prompts">P prompts, in original image pixels.</param>
    /// <param name="multimask">True: several masks a prompt; false: one.</param>
    /// <param name="stabilityOffset">How far the threshold is moved to measure stability, in logits, at least 0.</param>
    /// <param name="cancellationToken">Stops between steps.</param>
    /// <returns>For each prompt its masks in the model's order, each with its logits.</returns>
    /// <exception cref="ArgumentException">A prompt is not valid on this image, or the embedding is another segmenter's.</exception>
    public static IReadOnlyList<IReadOnlyList<MaskProposal>> Decode(
        this IPromptSegmenter segmenter,
        ImageEmbedding embedding,
        IReadOnlyList<Prompt> prompts,
        bool multimask = true,
        double stabilityOffset = 1.0,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(segmenter);
        ArgumentNullException.ThrowIfNull(embedding);
        ArgumentNullException.ThrowIfNull(prompts);
        var predictions = segmenter.Predict(embedding, prompts, new PredictionOptions { Multimask = multimask }, cancellationToken);
        var proposals = new MaskProposal[predictions.PromptCount * predictions.MasksPerPrompt];
        ParallelLoop.Run(proposals.Length, i =>
        {
            var (prompt, mask) = Math.DivRem(i, predictions.MasksPerPrompt);
            var logits = predictions.Logits(prompt, mask);
            var cut = LogitThresholding.Cut(logits, segmenter.MaskThresholdLogit, stabilityOffset);
            proposals[i] = new MaskProposal(cut.Mask, predictions.Quality(prompt, mask))
            {
                StabilityScore = cut.StabilityScore,
                PromptPoint = PointOf(prompts[prompt]),
                Logits = logits,
            };
        }, cancellationToken);
        return [.. proposals.Chunk(predictions.MasksPerPrompt)];
    }

    private static PixelPoint? PointOf(Prompt prompt)
    {
        if (prompt.Points.Count == 0)
        {
            return null;
        }

        var point = prompt.Points.FirstOrDefault(p => p.IsPositive, prompt.Points[0]);
        return new PixelPoint(point.X, point.Y);
    }
}
