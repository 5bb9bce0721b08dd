namespace Maskwright.Metrics;

/// <summary>A range of object sizes that is measured on its own.</summary>
/// <param name="Name">Its name in reports.</param>
/// <param name="MinPixels">The smallest area that belongs to it.</param>
/// <param name="MaxPixels">The largest area that belongs to it.</param>
public sealed record AreaRange(string Name, double MinPixels, double MaxPixels)
{
    /// <summary>COCO's ranges: all, small (to 32 x 32), medium (to 96 x 96), large.</summary>
    public static IReadOnlyList<AreaRange> Coco { get; } =
        [new("all", 0, 1e10), new("small", 0, 32 * 32), new("medium", 32 * 32, 96 * 96), new("large", 96 * 96, 1e10)];

    /// <summary>Whether an area belongs to the range; both ends do.</summary>
    /// <param name="area">In pixels.</param>
    public bool Holds(double area) => !(area < MinPixels || area > MaxPixels);
}
