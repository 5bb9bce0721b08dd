using Maskwright.Geometry;
using Maskwright.Images;
using Maskwright.Masks;

namespace Maskwright.Segmentation;

/// <summary>A prompt segmenter that looks again, and closer, at what is small in a large image: a network sees an image at a size of its own, whatever the image's.</summary>
/// <remarks>
/// What the segmenter answers to a prompt, or the prompt's box, says where the object is. Where a window around it shows enough that was not seen before, the window is looked at and asked in turn,
/// and so on until nothing finer is to be seen. The idea is the zoom-in of interactive segmentation (Sofiiuk et al. 2020, f-BRS).
/// Such an answer takes the time of a look at the window when it is a new one; windows of an image are remembered with its embedding, which holds on to the image itself.
/// </remarks>
public sealed class CloserLookSegmenter : IPromptSegmenter
{
    // Cells of hints along a window's longest side.
    private const int HintCells = 128;

    private static readonly PredictionOptions s_one = new() { Multimask = false };

    private readonly IPromptSegmenter _inner;
    private readonly IPromptSegmenter _close;
    private readonly CloserLookOptions _options;

    /// <summary>Makes a segmenter look closer.</summary>
    /// <param name="inner">Looks at whole images; owned from now on and disposed with this one.</param>
    /// <param name="close">Looks at windows; likewise. May be <paramref name="inner"/>.</param>
    /// <param name="options">The sides at which they look, and when a window is worth the time.</param>
    /// <exception cref="ArgumentException">An option is not valid, or the two cut logits at different thresholds.</exception>
    public CloserLookSegmenter(IPromptSegmenter inner, IPromptSegmenter close, CloserLookOptions options)
    {
        ArgumentNullException.ThrowIfNull(inner);
        ArgumentNullException.ThrowIfNull(close);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        if (inner.MaskThresholdLogit != close.MaskThresholdLogit)
        {
            throw new ArgumentException($"Both segmenters must cut logits at the same threshold, not at {inner.MaskThresholdLogit} and {close.MaskThresholdLogit}.", nameof(close));
        }

        (_inner, _close, _options) = (inner, close, options);
    }

    /// <inheritdoc/>
    public string Name => _inner.Name;

    /// <inheritdoc/>
    public double MaskThresholdLogit => _inner.MaskThresholdLogit;

    /// <inheritdoc/>
    public bool PrefersReadingsOfOneClick => _inner.PrefersReadingsOfOneClick;

    /// <inheritdoc/>
    public ImageEmbedding Encode(RgbImage image, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        return new CloserEmbedding(this, image, _inner.Encode(image, cancellationToken), _options.MostWindows);
    }

    /// <inheritdoc/>
    public MaskPredictions Predict(ImageEmbedding embedding, IReadOnlyList<Prompt> prompts, PredictionOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(prompts);
        ArgumentNullException.ThrowIfNull(options);
        var own = embedding is CloserEmbedding closer && closer.Owner == this ? closer : throw new ArgumentException("The embedding was made by another segmenter.", nameof(embedding));
        var found = _inner.Predict(own.Whole, prompts, options, cancellationToken);
        var (quality, logits) = (new float[found.PromptCount * found.MasksPerPrompt], new MaskLogits?[found.PromptCount * found.MasksPerPrompt]);
        for (var i = 0; i < quality.Length; i++)
        {
            var (prompt, mask) = Math.DivRem(i, found.MasksPerPrompt);
            quality[i] = found.Quality(prompt, mask);
            if (quality[i] > options.QualityFloor)
            {
                var far = new Look(own.ImageSize.Bounds, _options.FarSide, found.Logits(prompt, mask), quality[i]);
                var near = Closest(own, prompts[prompt], far, cancellationToken);
                (quality[i], logits[i]) = (near.Quality, ReferenceEquals(near, far) ? far.Logits : near.OnWhole(own.ImageSize));
            }
        }

        return new MaskPredictions(found.PromptCount, found.MasksPerPrompt, quality, logits);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _close.Dispose();
        _inner.Dispose();
    }

    private Look Closest(CloserEmbedding embedding, Prompt prompt, Look look, CancellationToken cancellationToken)
    {
        while (Extent(prompt, look, embedding.ImageSize) is { } extent && LookWindow.Around(extent, embedding.ImageSize, look.Part, look.Side, _options) is { } window)
        {
            var next = At(embedding, window, InWindow(prompt, look, window), cancellationToken);
            if (next.Extent(MaskThresholdLogit) is not { } found || Leaves(window, found, embedding.ImageSize))
            {
                return look; // nothing was seen from near, or not the whole of it: what was seen from afar stays
            }

            look = next;
        }

        return look;
    }

    private static bool Leaves(PixelRect window, PixelBox found, ImageSize image) =>
        (found.X0 <= window.X && window.X > 0) || (found.Y0 <= window.Y && window.Y > 0)
        || (found.X1 >= window.Right && window.Right < image.Width) || (found.Y1 >= window.Bottom && window.Bottom < image.Height);

    // A box says where the object is. A mask does, with the clicks that are on the object but not in it.
    private PixelBox? Extent(Prompt prompt, Look look, ImageSize image)
    {
        if (prompt.Box is { } box)
        {
            return new PixelBox(Math.Max(0, box.X0), Math.Max(0, box.Y0), Math.Min(image.Width, box.X1), Math.Min(image.Height, box.Y1));
        }

        if (look.Extent(MaskThresholdLogit) is not { } extent)
        {
            return null;
        }

        foreach (var point in prompt.Points.Where(point => point.IsPositive))
        {
            extent = new PixelBox(Math.Min(extent.X0, point.X), Math.Min(extent.Y0, point.Y), Math.Max(extent.X1, point.X), Math.Max(extent.Y1, point.Y));
        }

        return extent;
    }

    private Look At(CloserEmbedding embedding, PixelRect window, Prompt prompt, CancellationToken cancellationToken)
    {
        lock (embedding.Gate)
        {
            var answer = _close.Predict(embedding.Window(window, _close, cancellationToken), [prompt], s_one, cancellationToken);
            return new Look(window, _options.CloseSide, answer.Logits(0, 0), answer.Quality(0, 0));
        }
    }

    // What was found from afar is told as a mask hint, but to a box: it says all that is needed better than a coarse mask of it.
    private static Prompt InWindow(Prompt prompt, Look look, PixelRect window) => new()
    {
        Points = [.. prompt.Points.Where(point => IsIn(window, point)).Select(point => point with { X = point.X - window.X, Y = point.Y - window.Y })],
        Box = prompt.Box is { } box ? new PixelBox(box.X0 - window.X, box.Y0 - window.Y, box.X1 - window.X, box.Y1 - window.Y) : null,
        MaskHint = prompt is { Box: not null, Points.Count: 0, MaskHint: null } ? null : look.On(window, HintCells),
    };

    private static bool IsIn(PixelRect window, PromptPoint point) => point.X >= window.X && point.Y >= window.Y && point.X <= window.Right && point.Y <= window.Bottom;
}
