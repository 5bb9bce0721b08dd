using Maskwright.Images;
using Maskwright.PostProcessing;
using Maskwright.Segmentation;

namespace Maskwright.Cli.Models;

/// <summary>Fills small holes and removes small islands in every mask that another generator makes.</summary>
/// <param name="inner">Makes the masks.</param>
/// <param name="areaPixels">Holes and islands of fewer pixels go; at least 1.</param>
internal sealed class CleaningGenerator(IMaskGenerator inner, int areaPixels) : IMaskGenerator
{
    public GenerationResult Generate(RgbImage image, IProgress<GenerationProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var result = inner.Generate(image, progress, cancellationToken);
        var cleaned = new MaskCleanup { MinHoleAreaPixels = areaPixels, MinIslandAreaPixels = areaPixels }.Apply(result.Proposals);
        var stage = new GenerationStage("min_mask_region_area", result.Proposals.Count, cleaned.Count);
        return new GenerationResult(cleaned, result.Report with { Stages = [.. result.Report.Stages, stage] });
    }
}
