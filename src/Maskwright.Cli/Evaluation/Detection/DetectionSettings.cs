using Maskwright.Metrics;

namespace Maskwright.Cli.Evaluation.Detection;

/// <summary>How detections are measured.</summary>
internal sealed record DetectionSettings
{
    public OverlapGeometry Geometry { get; init; }

    public bool IsLvis { get; init; }

    public bool IsClassAgnostic { get; init; }

    public bool HonoursIgnoreFlag { get; init; }

    /// <summary>Where the images lie, for pictures of worst cases; null for nowhere.</summary>
    public string? ImageFolder { get; init; }

    /// <summary>The same for the library, but for LVIS, which has its own.</summary>
    public AveragePrecisionOptions Options => new() { Geometry = Geometry, IsClassAgnostic = IsClassAgnostic, HonoursIgnoreFlag = HonoursIgnoreFlag };
}
