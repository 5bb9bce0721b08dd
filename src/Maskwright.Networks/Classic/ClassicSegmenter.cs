using Maskwright.Images;
using Maskwright.Masks;
using Maskwright.Segmentation;

namespace Maskwright.Networks.Classic;

/// <summary>Finds masks without any learned weights: a hierarchy of regions for everything, the same regions and a graph cut for prompts.</summary>
/// <remarks><c>docs/models/classic.md</c> tells the method, its sources and its limits. Holds no state: one instance serves any number of threads.</remarks>
public sealed class ClassicSegmenter : IPromptSegmenter, IMaskGenerator
{
    private const int MasksOfMultimask = 3;
    private readonly ClassicOptions _options;

    /// <summary>Makes a segmenter.</summary>
    /// <param name="options">Settings; null means the defaults.</param>
    /// <exception cref="ArgumentException">A setting is out of its range.</exception>
    public ClassicSegmenter(ClassicOptions? options = null)
    {
        _options = options ?? new ClassicOptions();
        _options.Validate();
    }

    /// <inheritdoc/>
    public string Name => "classic";

    /// <summary>0: logits are distances from the outline in working pixels, positive inside.</summary>
    public double MaskThresholdLogit => 0;

    /// <inheritdoc/>
    public bool PrefersReadingsOfOneClick => true;

    /// <inheritdoc/>
    public ImageEmbedding Encode(RgbImage image, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        return ClassicEmbedding.Of(image, _options, cancellationToken);
    }

    /// <inheritdoc/>
    /// <remarks>Three masks of growing size a prompt, or the one of the best quality. Every positive click lies inside, every negative one outside,
    /// as far as the working resolution can tell them apart. A prompt that says nothing gets the likeliest objects of the image.</remarks>
    public MaskPredictions Predict(
        ImageEmbedding embedding, IReadOnlyList<Prompt> prompts, PredictionOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(embedding);
        ArgumentNullException.ThrowIfNull(prompts);
        ArgumentNullException.ThrowIfNull(options);
        var known = embedding as ClassicEmbedding
            ?? throw new ArgumentException($"The embedding was made by another segmenter: {embedding.GetType().Name}.", nameof(embedding));
        foreach (var prompt in prompts)
        {
            prompt.Validate(embedding.ImageSize);
        }

        var masks = options.Multimask ? MasksOfMultimask : 1;
        var quality = new float[prompts.Count * masks];
        var logits = new MaskLogits?[quality.Length];
        for (var p = 0; p < prompts.Count; p++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var answers = new PromptSolver(known, prompts[p]).Solve(masks, options.QualityFloor);
            for (var m = 0; m < masks; m++)
            {
                (quality[(p * masks) + m], logits[(p * masks) + m]) = answers[m];
            }
        }

        return new MaskPredictions(prompts.Count, masks, quality, logits);
    }

    /// <inheritdoc/>
    public GenerationResult Generate(RgbImage image, IProgress<GenerationProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        progress?.Report(new GenerationProgress("finding regions", 0, 3));
        using var embedding = ClassicEmbedding.Of(image, _options, cancellationToken);
        progress?.Report(new GenerationProgress("choosing regions", 1, 3));
        var (chosen, report) = EverythingSelection.Choose(embedding, _options);
        progress?.Report(new GenerationProgress("drawing masks", 2, 3));
        var runs = LabelEnlargement.Enlarge(embedding.Graph.Labels, embedding.Image, image, cancellationToken);
        var proposals = new MaskProposal[chosen.Count];
        var parallel = new ParallelOptions { CancellationToken = cancellationToken };
        Parallel.For(0, chosen.Count, parallel, i => proposals[i] = Proposal(chosen[i], runs));
        progress?.Report(new GenerationProgress("done", 3, 3));
        return new GenerationResult(proposals, report);
    }

    /// <summary>Holds nothing that must be let go.</summary>
    public void Dispose()
    {
    }

    private static MaskProposal Proposal(RegionCandidate candidate, ColumnRuns runs) =>
        new(runs.MaskOf(candidate.Leaves), candidate.Quality) { StabilityScore = candidate.Survival };
}
