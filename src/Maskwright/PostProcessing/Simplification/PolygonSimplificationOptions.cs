namespace Maskwright.PostProcessing;

/// <summary>How polygons are simplified.</summary>
public sealed record PolygonSimplificationOptions
{
    /// <summary>Whether no line may come to cross or touch another, and no ring may change sides with another. Needs input whose lines do not cross.</summary>
    public bool KeepsTopology { get; init; } = true;

    /// <summary>A ring is never left with fewer corners; at least 3.</summary>
    public int MinCorners { get; init; } = 3;
}
