using Maskwright.Segmentation;

namespace Maskwright.Cli.Options;

/// <summary>What a user said about making masks for everything; null means not said.</summary>
internal sealed record GenerationSettings
{
    public int? PointsPerSide { get; init; }

    public int? PointsPerBatch { get; init; }

    public double? PredIouThreshold { get; init; }

    public double? StabilityScoreThreshold { get; init; }

    public double? StabilityScoreOffset { get; init; }

    public double? BoxNmsThreshold { get; init; }

    public int? CropLayers { get; init; }

    public double? CropNmsThreshold { get; init; }

    public double? CropOverlapRatio { get; init; }

    public int? CropPointsDownscaleFactor { get; init; }

    public int? MinMaskRegionArea { get; init; }

    /// <summary>Whether points are chosen from the grid instead of all asked.</summary>
    public bool IsAdaptive { get; init; }

    /// <summary>The share of the grid's points that is asked.</summary>
    public double? PointShare { get; init; }

    /// <summary>How long one image may take.</summary>
    public TimeSpan? Budget { get; init; }

    /// <summary>What a budget is measured with.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>The most masks wanted from a model that limits them by itself; not on the command line.</summary>
    public int? MaxProposals { get; init; }

    /// <summary>True when a setting was given that only has a meaning for a grid of points.</summary>
    public bool AsksForGrid =>
        IsAdaptive || PointsPerSide is not null || PointsPerBatch is not null || StabilityScoreThreshold is not null || StabilityScoreOffset is not null
        || CropLayers is not null || CropNmsThreshold is not null || CropOverlapRatio is not null || CropPointsDownscaleFactor is not null;

    /// <summary>Choosing points as asked for, over a model's own filters; with a budget alone, as many points as the time allows.</summary>
    public AdaptiveMaskOptions OverAdaptive(AutomaticMaskOptions defaults) =>
        new() { Masks = Over(defaults), Budget = Budget, PointShare = PointShare ?? (Budget is null ? new AdaptiveMaskOptions().PointShare : 1) };

    /// <summary>The given settings, and a model's own for the rest.</summary>
    public AutomaticMaskOptions Over(AutomaticMaskOptions defaults) => defaults with
    {
        PointsPerSide = PointsPerSide ?? defaults.PointsPerSide,
        PointsPerBatch = PointsPerBatch ?? defaults.PointsPerBatch,
        PredIouThreshold = PredIouThreshold ?? defaults.PredIouThreshold,
        StabilityScoreThreshold = StabilityScoreThreshold ?? defaults.StabilityScoreThreshold,
        StabilityScoreOffset = StabilityScoreOffset ?? defaults.StabilityScoreOffset,
        BoxNmsThreshold = BoxNmsThreshold ?? defaults.BoxNmsThreshold,
        CropLayers = CropLayers ?? defaults.CropLayers,
        CropNmsThreshold = CropNmsThreshold ?? defaults.CropNmsThreshold,
        CropOverlapRatio = CropOverlapRatio ?? defaults.CropOverlapRatio,
        CropPointsDownscaleFactor = CropPointsDownscaleFactor ?? defaults.CropPointsDownscaleFactor,
        MinMaskRegionArea = MinMaskRegionArea ?? defaults.MinMaskRegionArea,
    };
}
