using Maskwright.Networks.MaskRcnn;
using Maskwright.Networks.Semantic;

namespace Maskwright.Cli.Options;

/// <summary>What the user said about detections; null keeps what the checkpoint says.</summary>
internal sealed record InstanceSettings
{
    public double? ScoreThreshold { get; init; }

    public double? IouThreshold { get; init; }

    public int? MaxDetections { get; init; }

    /// <summary>How to look at images.</summary>
    public ViewOptions Views { get; init; } = ViewOptions.Whole;

    /// <summary>The checkpoint's sizes with these settings.</summary>
    public MaskRcnnConfig Over(MaskRcnnConfig config) => config with
    {
        ScoreThreshold = ScoreThreshold ?? config.ScoreThreshold,
        DetectionIouThreshold = IouThreshold ?? config.DetectionIouThreshold,
        DetectionsPerImage = MaxDetections ?? config.DetectionsPerImage,
    };
}
