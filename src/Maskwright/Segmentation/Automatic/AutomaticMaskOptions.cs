using Maskwright.Geometry;

namespace Maskwright.Segmentation;

/// <summary>The settings of automatic mask generation, each with the default and the meaning it has in SAM's <c>amg.py</c>.</summary>
/// <remarks>The defaults were chosen for SAM with ViT-H; smaller models often want a lower <see cref="StabilityScoreThreshold"/>. segment-anything at dca509f.</remarks>
public sealed record AutomaticMaskOptions
{
    /// <summary><c>points_per_side</c>: points along each side of the grid over the image, at least 1. Not used where <see cref="PointGrids"/> is given.</summary>
    public int PointsPerSide { get; init; } = 32;

    /// <summary><c>points_per_batch</c>: points answered at once, at least 1; more are faster and need more memory.</summary>
    public int PointsPerBatch { get; init; } = 64;

    /// <summary><c>pred_iou_thresh</c>: masks whose predicted IoU is not above this are dropped; 0 or less keeps all.</summary>
    public double PredIouThreshold { get; init; } = 0.88;

    /// <summary><c>stability_score_thresh</c>: masks whose stability is below this are dropped; 0 or less keeps all.</summary>
    public double StabilityScoreThreshold { get; init; } = 0.95;

    /// <summary><c>stability_score_offset</c>: how far the cut is moved to measure stability, in logits, at least 0.</summary>
    public double StabilityScoreOffset { get; init; } = 1.0;

    /// <summary><c>box_nms_thresh</c>: of two masks of one crop whose boxes have an IoU above this, the one with the lower predicted IoU is dropped; 0 to 1.</summary>
    public double BoxNmsThreshold { get; init; } = 0.7;

    /// <summary><c>crop_n_layers</c>: how often the image is looked at again in smaller crops; layer i has (2^i)^2 crops; 0 means the whole image only.</summary>
    public int CropLayers { get; init; }

    /// <summary><c>crop_nms_thresh</c>: the same as <see cref="BoxNmsThreshold"/> between crops, where the smaller crop wins; 0 to 1.</summary>
    public double CropNmsThreshold { get; init; } = 0.7;

    /// <summary><c>crop_overlap_ratio</c>: how far the crops of the first layer overlap, as a fraction of the image's shorter side, 0 to 1; later layers overlap less.</summary>
    public double CropOverlapRatio { get; init; } = 512.0 / 1500;

    /// <summary><c>crop_n_points_downscale_factor</c>: layer i has <see cref="PointsPerSide"/> over this to the power i points a side; at least 1.</summary>
    public int CropPointsDownscaleFactor { get; init; } = 1;

    /// <summary><c>min_mask_region_area</c>: holes and islands of fewer pixels are removed from every mask; 0 leaves the masks as they are.</summary>
    public int MinMaskRegionArea { get; init; }

    /// <summary><c>point_grids</c>: for each crop layer, the points to ask for, as fractions of the crop's width and height; null means regular grids.</summary>
    public IReadOnlyList<IReadOnlyList<PixelPoint>>? PointGrids { get; init; }

    /// <summary>Where logits are cut; null means at the segmenter's own <see cref="IPromptSegmenter.MaskThresholdLogit"/>.</summary>
    public double? MaskThresholdLogit { get; init; }

    /// <summary>What is wrong with the settings, one sentence a fault without a full stop; empty when they can be used.</summary>
    public IReadOnlyList<string> Faults() => [.. CheckScores(), .. CheckCounts(), .. CheckGrids()];

    /// <summary>Refuses settings that cannot be used.</summary>
    /// <exception cref="ArgumentException">A setting is out of its range; the message names all of them.</exception>
    public void Validate()
    {
        var faults = Faults();
        if (faults.Count > 0)
        {
            throw new ArgumentException(string.Join("; ", faults) + ".");
        }
    }

    private IEnumerable<string> CheckScores()
    {
        (string Name, double Value, double Low, double High)[] ranges =
        [
            ("pred_iou_thresh", PredIouThreshold, double.MinValue, double.MaxValue),
            ("stability_score_thresh", StabilityScoreThreshold, double.MinValue, double.MaxValue),
            ("stability_score_offset", StabilityScoreOffset, 0, double.MaxValue),
            ("box_nms_thresh", BoxNmsThreshold, 0, 1),
            ("crop_nms_thresh", CropNmsThreshold, 0, 1),
            ("crop_overlap_ratio", CropOverlapRatio, 0, 1),
            ("mask_threshold", MaskThresholdLogit ?? 0, double.MinValue, double.MaxValue),
        ];
        return ranges.Where(r => !(r.Value >= r.Low && r.Value <= r.High)).Select(r => FormattableString.Invariant(
            $"{r.Name} must be {(r.High == 1 ? "from 0 to 1" : r.Low == 0 ? "a finite number, not below 0" : "a finite number")}, not {r.Value}"));
    }

    private IEnumerable<string> CheckCounts()
    {
        (string Name, int Value, int Low, int High)[] ranges =
        [
            ("points_per_side", PointsPerSide, 1, 4096),
            ("points_per_batch", PointsPerBatch, 1, int.MaxValue),
            ("crop_n_layers", CropLayers, 0, 8),
            ("crop_n_points_downscale_factor", CropPointsDownscaleFactor, 1, int.MaxValue),
            ("min_mask_region_area", MinMaskRegionArea, 0, int.MaxValue),
        ];
        return ranges.Where(r => r.Value < r.Low || r.Value > r.High).Select(r => FormattableString.Invariant(
            $"{r.Name} must be {(r.High == int.MaxValue ? $"at least {r.Low}" : $"from {r.Low} to {r.High}")}, not {r.Value}"));
    }

    private IEnumerable<string> CheckGrids()
    {
        if (PointGrids is null)
        {
            var deepest = Math.Pow(Math.Max(CropPointsDownscaleFactor, 1), Math.Max(CropLayers, 0));
            if (PointsPerSide >= 1 && PointsPerSide / deepest < 1)
            {
                yield return $"the last of {CropLayers} crop layers would have no points: {PointsPerSide} points a side are divided by {CropPointsDownscaleFactor} once a layer";
            }

            yield break;
        }

        if (PointGrids.Count <= CropLayers)
        {
            yield return $"point_grids must hold one grid for the image and one for each of the {CropLayers} crop layers, not {PointGrids.Count} in all";
        }

        if (PointGrids.Any(grid => grid is null || grid.Count == 0 || grid.Any(p => !(p.X >= 0 && p.X <= 1 && p.Y >= 0 && p.Y <= 1))))
        {
            yield return "every grid of point_grids must hold points, and every coordinate must lie from 0 to 1";
        }
    }
}
