using Maskwright.Images;

namespace Maskwright.Segmentation;

/// <summary>Finds masks for prompts: looks at an image once, then answers many prompts fast.</summary>
/// <remarks>One instance may be used by several threads at once.</remarks>
public interface IPromptSegmenter : IDisposable
{
    /// <summary>The model's name, as a person would say it to choose it.</summary>
    string Name { get; }

    /// <summary>Where logits are cut: above it a pixel belongs to the mask. SAM: 0.</summary>
    double MaskThresholdLogit { get; }

    /// <summary>Whether one click alone is best answered by the likeliest of several masks, as SAM's is; false where the single mask weighs all readings itself.</summary>
    bool PrefersReadingsOfOneClick { get; }

    /// <summary>Looks at an image; the slow part.</summary>
    /// <param name="image">The image, upright.</param>
    /// <param name="cancellationToken">Stops between steps.</param>
    /// <returns>What later prompts need; the caller disposes it.</returns>
    ImageEmbedding Encode(RgbImage image, CancellationToken cancellationToken = default);

    /// <summary>Answers a batch of prompts on one image.</summary>
    /// <param name="embedding">Made by this segmenter.</param>
    /// <param name="prompts">P prompts in original image pixels, each for one object; they may have different numbers of points.</param>
    /// <param name="options">How many masks, and which need logits.</param>
    /// <param name="cancellationToken">Stops between steps.</param>
    /// <returns>P x M predictions, in the order of the prompts and of the model's outputs.</returns>
    /// <exception cref="ArgumentException">A prompt is not valid on this image, or the embedding is another segmenter's.</exception>
    MaskPredictions Predict(ImageEmbedding embedding, IReadOnlyList<Prompt> prompts, PredictionOptions options, CancellationToken cancellationToken = default);
}
