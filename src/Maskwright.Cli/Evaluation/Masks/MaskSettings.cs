using Maskwright.Metrics;

namespace Maskwright.Cli.Evaluation.Masks;

/// <summary>How masks are compared.</summary>
internal sealed record MaskSettings
{
    /// <summary>Whether each label is measured by itself; otherwise everything but 0 is inside.</summary>
    public bool ByLabel { get; init; }

    /// <summary>The labels to measure; empty for all.</summary>
    public IReadOnlyList<int> Labels { get; init; } = [];

    /// <summary>The size of a pixel or voxel; null for 1.</summary>
    public VoxelSpacing? Spacing { get; init; }

    /// <summary>How far apart surfaces may lie and still agree, in the spacing's unit.</summary>
    public double Tolerance { get; init; } = 1;

    /// <summary>The width of the bands of boundary IoU as a share of the diagonal.</summary>
    public double BoundaryRatio { get; init; } = BoundaryIou.CustomaryRatio;

    /// <summary>The array of .npz archives; null for the only one.</summary>
    public string? ArrayName { get; init; }

    public string? ImageFolder { get; init; }
}
