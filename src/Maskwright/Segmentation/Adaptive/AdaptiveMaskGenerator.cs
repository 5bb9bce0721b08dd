using Maskwright.Images;

namespace Maskwright.Segmentation;

/// <summary>Finds masks for everything with a part of the exact grid's points, coarse to fine, and within a given time.</summary>
/// <remarks>
/// The points are those of <see cref="AutomaticMaskGenerator"/>'s grid and pass the same filters, so every candidate is one that the exact grid would have had; which
/// masks are missed depends on how much the answers of neighbouring points agree, and the report says how many points were asked.
/// </remarks>
public sealed class AdaptiveMaskGenerator : IMaskGenerator
{
    private readonly IPromptSegmenter _segmenter;
    private readonly TimeProvider? _clock;

    /// <summary>Prepares generation.</summary>
    /// <param name="segmenter">Answers the points; borrowed.</param>
    /// <param name="options">The settings; null means the defaults.</param>
    /// <param name="clock">Measures the budget; not needed without one.</param>
    /// <exception cref="ArgumentException">A setting is out of its range, and the message names all of them; or there is a budget and no clock.</exception>
    public AdaptiveMaskGenerator(IPromptSegmenter segmenter, AdaptiveMaskOptions? options = null, TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(segmenter);
        Options = options ?? new AdaptiveMaskOptions();
        Options.Validate();
        if (Options.Budget is not null && clock is null)
        {
            throw new ArgumentException("A budget needs a clock that measures it.", nameof(clock));
        }

        (_segmenter, _clock) = (segmenter, clock);
    }

    /// <summary>The settings.</summary>
    public AdaptiveMaskOptions Options { get; }

    /// <inheritdoc/>
    /// <remarks>The report's <see cref="GenerationReport.Coverage"/> says how many points were asked and how much of the image the masks explain.</remarks>
    public GenerationResult Generate(RgbImage image, IProgress<GenerationProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        var deadline = new Deadline(_clock, Options.Budget);
        progress?.Report(new GenerationProgress("looking at the image", 0, 1));
        using var embedding = _segmenter.Encode(image, cancellationToken);
        return new AdaptiveSearch(_segmenter, Options, embedding, deadline).Run(progress, cancellationToken);
    }
}
