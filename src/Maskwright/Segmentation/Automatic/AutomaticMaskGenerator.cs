using Maskwright.Geometry;
using Maskwright.Images;
using Maskwright.PostProcessing;

namespace Maskwright.Segmentation;

/// <summary>Finds masks for everything in an image: asks a prompt segmenter for a grid of points and keeps the masks that are good, stable and not twice there.</summary>
/// <remarks>
/// segment-anything <c>SamAutomaticMaskGenerator</c> at dca509f: same order of filters, same records. Deviations: where nothing survives the list is empty
/// and the report says why (upstream fails with crops); logits of full size are never held, and low-resolution ones for one batch of points only.
/// </remarks>
public sealed class AutomaticMaskGenerator : IMaskGenerator
{
    private readonly IPromptSegmenter _segmenter;
    private readonly IReadOnlyList<IReadOnlyList<PixelPoint>> _grids;

    /// <summary>Prepares generation.</summary>
    /// <param name="segmenter">Answers the points; borrowed.</param>
    /// <param name="options">The settings; null means the defaults.</param>
    /// <exception cref="ArgumentException">A setting is out of its range; the message names all of them.</exception>
    public AutomaticMaskGenerator(IPromptSegmenter segmenter, AutomaticMaskOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(segmenter);
        Options = options ?? new AutomaticMaskOptions();
        Options.Validate();
        _segmenter = segmenter;
        _grids = PointGrid.Layers(Options);
    }

    /// <summary>The settings.</summary>
    public AutomaticMaskOptions Options { get; }

    /// <inheritdoc/>
    public GenerationResult Generate(RgbImage image, IProgress<GenerationProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        var tally = new GenerationTally();
        var found = FindInCrops(image, tally, progress, cancellationToken);
        if (Options.MinMaskRegionArea > 0)
        {
            var clean = SmallRegionCleaning.Apply(found, Options, cancellationToken);
            tally.SmallRegions.Add(found.Count, clean.Count);
            found = clean;
        }

        return new GenerationResult([.. found.Select(candidate => candidate.ToProposal())], tally.Finish(Options));
    }

    private List<Candidate> FindInCrops(RgbImage image, GenerationTally tally, IProgress<GenerationProgress>? progress, CancellationToken cancellationToken)
    {
        var crops = ImageCrop.Plan(image.Size, Options.CropLayers, Options.CropOverlapRatio);
        var total = crops.Sum(crop => 1 + ((_grids[crop.Layer].Count + Options.PointsPerBatch - 1) / Options.PointsPerBatch));
        var done = 0;
        var found = new List<Candidate>();
        for (var i = 0; i < crops.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var stage = crops.Count == 1 ? "finding masks" : $"finding masks in part {i + 1} of {crops.Count}";
            var generation = new CropGeneration(_segmenter, Options, image.Size, crops[i], tally);
            found.AddRange(generation.Run(image, _grids[crops[i].Layer], () => progress?.Report(new GenerationProgress(stage, ++done, total)), cancellationToken));
        }

        if (crops.Count == 1)
        {
            return found;
        }

        var kept = WithoutDuplicatesOfCrops(found);
        tally.CropNms.Add(found.Count, kept.Count);
        return kept;
    }

    // Smaller crops see more, so their masks win.
    private List<Candidate> WithoutDuplicatesOfCrops(List<Candidate> found)
    {
        var boxes = found.ConvertAll(candidate => Candidate.InclusiveBox(candidate.Mask.Bounds));
        float[] scores = [.. found.Select(candidate => 1f / candidate.Crop.Area)];
        return [.. BoxNonMaximumSuppression.Keep(boxes, scores, Options.CropNmsThreshold).Select(i => found[i])];
    }
}
