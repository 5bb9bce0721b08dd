using System.Runtime.CompilerServices;
using Maskwright.Geometry;
using Maskwright.Images;
using Maskwright.Masks;

namespace Maskwright.Segmentation;

/// <summary>A prompt segmenter that does not let one more click spoil a mask: an earlier mask that is better stays, what is hardly better changes only where it was clicked, and every click lies on its side.</summary>
/// <remarks>
/// It knows its own answers again when their logits come back as a mask hint, and compares predicted IoU, less a cost for every click on a mask's wrong side.
/// Clicks are imprinted last, on a finer map, which no later answer is compared with. Prompts that ask for several masks are answered as the segmenter answers them.
/// To do without, use the segmenter itself.
/// </remarks>
public sealed class GuardedPromptSegmenter : IPromptSegmenter
{
    private readonly IPromptSegmenter _inner;
    private readonly ClickGuardOptions _options;
    private readonly ConditionalWeakTable<MaskLogits, Answer> _answers = [];

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
    public bool PrefersReadingsOfOneClick => _inner.PrefersReadingsOfOneClick;

    /// <inheritdoc/>
    public ImageEmbedding Encode(RgbImage image, CancellationToken cancellationToken = default) => _inner.Encode(image, cancellationToken);

    /// <inheritdoc/>
    public MaskPredictions Predict(ImageEmbedding embedding, IReadOnlyList<Prompt> prompts, PredictionOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(prompts);
        ArgumentNullException.ThrowIfNull(options);
        Answer?[] earlier = [.. prompts.Select(Earlier)];
        Prompt[] asked = [.. prompts.Zip(earlier, (prompt, answer) => answer is null ? prompt : prompt with { MaskHint = answer.Logits })];
        var found = _inner.Predict(embedding, asked, options, cancellationToken);
        var (quality, logits) = (new float[found.PromptCount * found.MasksPerPrompt], new MaskLogits?[found.PromptCount * found.MasksPerPrompt]);
        for (var i = 0; i < quality.Length; i++)
        {
            var (prompt, mask) = Math.DivRem(i, found.MasksPerPrompt);
            quality[i] = found.Quality(prompt, mask);
            if (quality[i] <= options.QualityFloor)
            {
                continue;
            }

            var answer = new Answer(found.Logits(prompt, mask), quality[i]);
            var (kept, shown) = found.MasksPerPrompt == 1 ? Guard(answer, earlier[prompt], prompts[prompt]) : (answer, answer.Logits);
            (quality[i], logits[i]) = (kept.Quality, shown);
            _answers.AddOrUpdate(shown, kept);
        }

        return new MaskPredictions(found.PromptCount, found.MasksPerPrompt, quality, logits);
    }

    /// <inheritdoc/>
    public void Dispose() => _inner.Dispose();

    private Answer? Earlier(Prompt prompt) => prompt.MaskHint is { } hint && _answers.TryGetValue(hint, out var answer) ? answer : null;

    private (Answer Kept, MaskLogits Shown) Guard(Answer newer, Answer? older, Prompt prompt)
    {
        var kept = older is null ? newer : Better(older, newer, prompt);
        return (kept, _options.ImprintsClicks ? ClickImprint.Apply(kept.Logits, prompt.Points, MaskThresholdLogit) : kept.Logits);
    }

    private Answer Better(Answer older, Answer newer, Prompt prompt)
    {
        var gain = Worth(newer, prompt) - Worth(older, prompt);
        if (gain < -_options.Margin)
        {
            return older;
        }

        if (gain >= _options.LeastGain || prompt.Points.Count == 0)
        {
            return newer;
        }

        var (column, row) = CellOf(newer.Logits, prompt.Points[^1]);
        return LocalChange.Merge(older.Logits, newer.Logits, column, row, prompt.Points[^1].IsPositive, MaskThresholdLogit) is { } merged ? newer with { Logits = merged } : newer;
    }

    private double Worth(Answer answer, Prompt prompt)
    {
        if (prompt.Points.Count == 0)
        {
            return answer.Quality;
        }

        var wrong = prompt.Points.Count(point => IsInside(answer.Logits, point) != point.IsPositive);
        return answer.Quality - (_options.DisagreementCost * wrong / prompt.Points.Count);
    }

    private bool IsInside(MaskLogits logits, PromptPoint point)
    {
        var (column, row) = CellOf(logits, point);
        return logits.Values.Span[(row * logits.Width) + column] > MaskThresholdLogit;
    }

    private static (int Column, int Row) CellOf(MaskLogits logits, PromptPoint point) =>
        logits.Frame.CellAt(point.PixelMiddle().X, point.PixelMiddle().Y, new ImageSize(logits.Width, logits.Height));

    /// <param name="Logits">The mask without imprints.</param>
    /// <param name="Quality">Its predicted IoU.</param>
    private sealed record Answer(MaskLogits Logits, float Quality);
}
