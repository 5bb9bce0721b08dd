namespace Maskwright.PostProcessing;

/// <summary>Which pixels make a boundary.</summary>
public sealed record BoundaryExtractionOptions
{
    /// <summary>On which side of the border.</summary>
    public BoundarySide Side { get; init; } = BoundarySide.Inner;

    /// <summary>How many pixels deep, at least 1.</summary>
    public int WidthPixels { get; init; } = 1;

    /// <summary>Which neighbours on the other side make a pixel belong to the boundary.</summary>
    public Connectivity Neighbours { get; init; } = Connectivity.Eight;

    /// <summary>Whether the image's border is a border of the masks that reach it, as boundary IoU has it.</summary>
    public bool ImageBorderCounts { get; init; }
}
