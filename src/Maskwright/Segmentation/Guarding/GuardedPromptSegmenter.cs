using System.Runtime.CompilerServices;
using Maskwright.Images;
using Maskwright.Masks;

namespace Maskwright.Segmentation;

/// <summary>A prompt segmenter that does not let one more click spoil a mask: an earlier mask that is better stays, and what is hardly better changes only where it was clicked.</summary>
/// <remarks>
/// It knows its own answers again when their logits come back as a mask hint, and compares predicted IoU, less a cost for every click on a mask's wrong side.
/// Prompts without such a hint, and prompts that ask for several masks, are answered as the segmenter answers them. To do without, use the segmenter itself.
/// </remarks>
public sealed class GuardedPromptSegmenter : IPromptSegmenter
{
    private readonly IPromptSegmenter _inner;
    private readonly ClickGuardOptions _options;
    private readonly ConditionalWeakTable<MaskLogits, StrongBox<float>> _answers = [];

    /// <summary>Puts a guard in front of a segmenter.</summary>
    /// <param name="inner">The segmenter; owned from now on and disposed with this one.</param>
    /// <param name="options">When the earlier mask stays; null for the defaults.</param>
    /// <exception cref="ArgumentException">An option is not valid.</exception>
    public GuardedPromptSegmenter(IPromptSegmenter inner, ClickGuardOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(inner);
        _options = options ?? new ClickGuardOptions();
        _options.Validate();
        _inner = inner;
    }

    /// <inheritdoc/>
    public string Name => _inner.Name;

    /// <inheritdoc/>
    public double MaskThresholdLogit => _inner.MaskThresholdLogit;

    /// <inheritdoc/>
    public ImageEmbedding Encode(RgbImage image, CancellationToken cancellationToken = default) => _inner.Encode(image, cancellationToken);

    /// <inheritdoc/>
    public MaskPredictions Predict(ImageEmbedding embedding, IReadOnlyList<Prompt> prompts, PredictionOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(prompts);
        ArgumentNullException.ThrowIfNull(options);
        var found = _inner.Predict(embedding, prompts, options, cancellationToken);
        var (quality, logits) = (new float[found.PromptCount * found.MasksPerPrompt], new MaskLogits?[found.PromptCount * found.MasksPerPrompt]);
        for (var i = 0; i < quality.Length; i++)
        {
            var (prompt, mask) = Math.DivRem(i, found.MasksPerPrompt);
            (quality[i], logits[i]) = (found.Quality(prompt, mask), found.Quality(prompt, mask) > options.QualityFloor ? found.Logits(prompt, mask) : null);
            if (found.MasksPerPrompt == 1 && logits[i] is { } newer && Earlier(prompts[prompt]) is var (older, known))
            {
                (quality[i], logits[i]) = Better(older, known, newer, quality[i], prompts[prompt]);
            }

            if (logits[i] is { } answer)
            {
                _answers.AddOrUpdate(answer, new StrongBox<float>(quality[i]));
            }
        }

        return new MaskPredictions(found.PromptCount, found.MasksPerPrompt, quality, logits);
    }

    /// <inheritdoc/>
    public void Dispose() => _inner.Dispose();

    private (MaskLogits Logits, float Quality)? Earlier(Prompt prompt) =>
        prompt.MaskHint is { } hint && _answers.TryGetValue(hint, out var quality) ? (hint, quality.Value) : null;

    private (float Quality, MaskLogits Logits) Better(MaskLogits older, float olderQuality, MaskLogits newer, float newerQuality, Prompt prompt)
    {
        var gain = Worth(newer, newerQuality, prompt) - Worth(older, olderQuality, prompt);
        if (gain < -_options.Margin)
        {
            return (olderQuality, older);
        }

        if (gain >= _options.LeastGain || prompt.Points.Count == 0)
        {
            return (newerQuality, newer);
        }

        var (column, row) = CellOf(newer, prompt.Points[^1]);
        return (newerQuality, LocalChange.Merge(older, newer, column, row, prompt.Points[^1].IsPositive, MaskThresholdLogit) ?? newer);
    }

    private double Worth(MaskLogits logits, float quality, Prompt prompt)
    {
        if (prompt.Points.Count == 0)
        {
            return quality;
        }

        var wrong = prompt.Points.Count(point => IsInside(logits, point) != point.IsPositive);
        return quality - (_options.DisagreementCost * wrong / prompt.Points.Count);
    }

    private bool IsInside(MaskLogits logits, PromptPoint point)
    {
        var (column, row) = CellOf(logits, point);
        return logits.Values.Span[(row * logits.Width) + column] > MaskThresholdLogit;
    }

    private static (int Column, int Row) CellOf(MaskLogits logits, PromptPoint point)
    {
        var frame = logits.Frame;
        var x = point.X / frame.ImageSize.Width * frame.UsedSize.Width / frame.CanvasSize.Width * logits.Width;
        var y = point.Y / frame.ImageSize.Height * frame.UsedSize.Height / frame.CanvasSize.Height * logits.Height;
        return (Math.Clamp((int)x, 0, logits.Width - 1), Math.Clamp((int)y, 0, logits.Height - 1));
    }
}
