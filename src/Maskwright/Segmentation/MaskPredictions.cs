using Maskwright.Masks;

namespace Maskwright.Segmentation;

/// <summary>What a segmenter predicts for a batch of prompts: P prompts, M masks each, before any cut.</summary>
public sealed class MaskPredictions
{
    private readonly float[] _quality;
    private readonly MaskLogits?[] _logits;

    /// <summary>Wraps predictions without copying them.</summary>
    /// <param name="promptCount">P, the number of prompts.</param>
    /// <param name="masksPerPrompt">M, the number of masks of each prompt.</param>
    /// <param name="quality">[P,M] predicted IoU; SAM's may leave [0,1].</param>
    /// <param name="logits">[P,M] logit maps; null only where the quality is not above the asked floor.</param>
    /// <exception cref="ArgumentException">An array does not hold P x M entries.</exception>
    public MaskPredictions(int promptCount, int masksPerPrompt, float[] quality, MaskLogits?[] logits)
    {
        ArgumentNullException.ThrowIfNull(quality);
        ArgumentNullException.ThrowIfNull(logits);
        if (quality.Length != promptCount * masksPerPrompt || logits.Length != quality.Length)
        {
            throw new ArgumentException($"{promptCount} prompts with {masksPerPrompt} masks each need {promptCount * masksPerPrompt} entries, not {quality.Length} and {logits.Length}.");
        }

        PromptCount = promptCount;
        MasksPerPrompt = masksPerPrompt;
        _quality = quality;
        _logits = logits;
    }

    /// <summary>P, the number of prompts.</summary>
    public int PromptCount { get; }

    /// <summary>M, the number of masks of each prompt.</summary>
    public int MasksPerPrompt { get; }

    /// <summary>The predicted IoU of one mask; SAM's may leave [0,1].</summary>
    /// <param name="prompt">0 to P-1.</param>
    /// <param name="mask">0 to M-1.</param>
    public float Quality(int prompt, int mask) => _quality[(prompt * MasksPerPrompt) + mask];

    /// <summary>The logits of one mask.</summary>
    /// <param name="prompt">0 to P-1.</param>
    /// <param name="mask">0 to M-1.</param>
    /// <exception cref="InvalidOperationException">The mask's quality lies below the floor that was asked for, so it was never computed.</exception>
    public MaskLogits Logits(int prompt, int mask) => _logits[(prompt * MasksPerPrompt) + mask]
        ?? throw new InvalidOperationException($"Mask {mask} of prompt {prompt} was not computed: its predicted quality {Quality(prompt, mask)} is below the floor.");
}
