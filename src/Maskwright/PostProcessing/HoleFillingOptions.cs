namespace Maskwright.PostProcessing;

/// <summary>Which holes are filled.</summary>
public sealed record HoleFillingOptions
{
    /// <summary>Holes of more pixels stay; null fills holes of any size.</summary>
    public int? MaxAreaPixels { get; init; }

    /// <summary>Which neighbours of an outside pixel belong to the same hole; the mask's own pixels then hold together by the other kind.</summary>
    public Connectivity Background { get; init; } = Connectivity.Four;
}
